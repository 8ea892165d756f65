"""Twilio's error codes and what each one means for a message.

Source: Twilio, Error and Warning Dictionary, https://www.twilio.com/docs/api/errors (titles shortened here).
The 21xxx codes answer the request to send; the 30xxx codes come with a later status callback, so both the
sender and whoever reads delivery reports use ``error_for``.

Twilio splits codes from time to time ("a landline" came out of "not a mobile number" in July 2024); a code
that is not in the table is Final, and so reaches a person with its number.
"""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.channels.base import (
    Final,
    Later,
    Misconfigured,
    OptedOut,
    RetrySoon,
    SendError,
    TooLong,
)

TABLE: Mapping[type[SendError], Mapping[str, str]] = {
    OptedOut: {
        "21610": "attempt to send to unsubscribed recipient",
    },
    TooLong: {
        "21605": "maximum body length (old endpoint)",
        "21617": "message body exceeds the 1600 character limit",
    },
    RetrySoon: {
        "20429": "too many requests",
        "21611": "this 'From' number has too many queued messages",
        "30001": "queue overflow",
        "30500": "Twilio internal error",
        "63018": "rate limit exceeded for the channel",
    },
    Later: {
        "30003": "unreachable destination handset",
        "30008": "unknown error: the carrier gave no reason",
        "30036": "validity period expired",
        "63038": "the account's daily message limit is used up",
    },
    Misconfigured: {
        "20003": "permission denied: wrong credentials",
        "20005": "account not active",
        "20006": "access denied",
        "20404": "not found: wrong account or API address",
        "21212": "invalid 'From' number",
        "21603": "'From' or 'MessagingServiceSid' is required",
        "21606": "'From' is not a message-capable number of this account",
        "21607": "'From' must be the sandbox number for trial accounts",
        "21608": "'To' is not verified, and this is a trial account",
        "21609": "invalid 'StatusCallback'",
        "21659": "'From' is not a Twilio number",
        "21660": "'From' does not belong to this account",
        "21661": "'From' is not SMS-capable",
        "21663": "the routing of the 'From' number is wrong",
        "21701": "the Messaging Service does not exist",
        "21702": "the Messaging Service is not available",
        "21703": "the Messaging Service has no number available",
        "21704": "the Messaging Service contains no numbers",
        "21705": "the Messaging Service is invalid",
        "21711": "the sender is not in the Messaging Service",
        "30002": "account suspended",
        "30010": "message price exceeds the maximum set",
    },
    Final: {
        "21211": "invalid 'To' phone number",
        "21214": "'To' cannot be reached",
        "21217": "phone number does not appear to be valid",
        "21265": "'To' cannot be a short code",
        "21266": "'To' and 'From' are the same",
        "21268": "premium rate and information numbers are not allowed",
        "21408": "permissions disabled for the destination's country",
        "21602": "message body is required",
        "21604": "'To' is required",
        "21612": "this combination of 'To' and 'From' cannot be used",
        "21614": "'To' is not a valid mobile number",
        "21619": "a message body is required",
        "21635": "'To' cannot be a landline",
        "30004": "message blocked",
        "30005": "unknown destination handset",
        "30006": "landline or unreachable carrier",
        "30007": "message filtered as unwanted",
    },
}

_ERROR_OF: Mapping[str, type[SendError]] = {code: error for error, codes in TABLE.items() for code in codes}


def error_for(code: str | None, retry_after: float | None = None) -> SendError:
    """The error that a Twilio code stands for. Codes we do not know are Final."""
    error = _ERROR_OF.get(code or "", Final)
    if issubclass(error, RetrySoon):
        return error(code, retry_after)
    return error(code)


def is_known(code: str | None) -> bool:
    """Whether the table says what this code means."""
    return code in _ERROR_OF
