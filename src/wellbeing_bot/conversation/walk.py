"""One turn while it is being taken: going from step to step and gathering what should happen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from wellbeing_bot.conversation.answers import buttons_of, options_of
from wellbeing_bot.conversation.edited import route
from wellbeing_bot.conversation.effects import (
    Ask,
    AskedPerson,
    ClearTimer,
    Do,
    Effect,
    Finish,
    Say,
    SetTimer,
)
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.conversation.notices import say_notice
from wellbeing_bot.conversation.own_words import WENT_WRONG
from wellbeing_bot.conversation.script import FromFact, Option, Script, Scripts, Step
from wellbeing_bot.conversation.state import ENDED, State
from wellbeing_bot.conversation.words import fill

MOST_STEPS = 50  # without waiting; ``check`` finds the loops that would get there
MOST_HISTORY = 30  # steps BACK can reach: a person who says MORE all day must not grow their state


@dataclass(slots=True)
class Walk:
    """Mutable, and alive for one turn only."""

    scripts: Scripts
    script: Script
    state: State
    now: datetime
    effects: list[Effect] = field(default_factory=list)

    def enter(self, name: str | None) -> None:
        """Go to a step, and on from it, until something waits, acts or ends."""
        for _ in range(MOST_STEPS):
            step = self.script.steps.get(name or "")
            if step is None:
                break
            self.state = replace(self.state, step=step.name, misses=0, fingerprint="")
            if step.expects:
                return self.ask(step)
            self.say(step)
            if step.do:
                return self.effects.append(
                    Do(step.do, {key: self._arg(arg) for key, arg in step.args.items()})
                )
            if step.ends or step.continue_with:
                return self.finish(step.ends or "continued", step.continue_with)
            name = route(step, self.scripts.rules[step.check].decide(self.state.facts) if step.check else "")
        self.break_off()

    def ask(self, step: Step) -> None:
        """Ask the step's question for the first time, or afresh."""
        self.say(step, but_last=True)
        self.state = replace(self.state, step=step.name, misses=0, fingerprint=step.fingerprint)
        self.ask_again(step)

    def ask_again(self, step: Step, lead: str = "") -> None:
        """The question once more, after one of the engine's own words."""
        key, english = list(step.texts())[len(step.say) - 1]
        self.put(step, key, english, lead)

    def put(self, step: Step, part: str, english: str, lead: str = "") -> None:
        """Ask with one of the step's texts. Asking sets its timer anew."""
        key = self.script.key(step, part)
        text = self._fill(self.scripts.text(key, english))
        self.put_words(step, key, f"{self.scripts.own_word(lead)} {text}" if lead else text)

    def put_words(self, step: Step, key: str, text: str) -> None:
        """Ask with words that are ready to be sent."""
        self.effects.append(Ask(key, text, buttons_of(self.scripts, step, self.options(step))))
        if step.timeout:
            self.effects.append(SetTimer(step.timeout.after, step.name))

    def say(self, step: Step, but_last: bool = False) -> None:
        """The step's messages; ``but_last`` keeps the question itself back."""
        for part, english in list(step.texts())[: len(step.say) - but_last]:
            key = self.script.key(step, part)
            self.effects.append(Say(key, self._fill(self.scripts.text(key, english))))

    def tell(self, notice: str, **facts: str) -> None:
        """Say one of the engine's own words."""
        self.effects.append(say_notice(self.scripts, notice, facts, self.now.date()))

    def options(self, step: Step) -> tuple[Option, ...]:
        """The answers on offer at a step."""
        return options_of(self.scripts, self.script, step, self.state.facts)

    def learn(self, **facts: Fact) -> None:
        """Add to what is known."""
        self.state = replace(self.state, facts={**self.state.facts, **facts})

    def leave(self, step: Step) -> None:
        """The question is answered: BACK leads to it now, and its timer is off."""
        self.state = replace(self.state, history=(*self.state.history, step.name)[-MOST_HISTORY:])
        self.drop_timer(step)

    def drop_timer(self, step: Step | None) -> None:
        """Call off the timer of a question that is no longer open; a step that is gone may have had one."""
        if step is None or step.timeout:
            self.effects.append(ClearTimer())

    def finish(self, outcome: str, continue_with: str | None = None) -> None:
        """The end, or the beginning of another conversation with the facts that it knows too."""
        facts = dict(self.state.facts)
        if continue_with:
            wanted = self.scripts.scripts[continue_with].knows
            facts = {
                name: fact for name, fact in facts.items() if wanted.get(name) == self.script.types.get(name)
            }
        self.state = replace(self.state, step=ENDED, fingerprint="")
        self.effects.append(Finish(outcome, continue_with, facts))

    def break_off(self) -> None:
        """A fault in the script: end it honestly, with a person told."""
        self.tell(WENT_WRONG)
        self.effects.append(AskedPerson("script_broken"))
        self.finish("broken")

    def _arg(self, arg: Fact | FromFact) -> Fact:
        return self.state.facts.get(arg.name) if isinstance(arg, FromFact) else arg

    def _fill(self, text: str) -> str:
        return fill(text, self.state.facts, self.script.types, self.scripts.language, self.now.date())
