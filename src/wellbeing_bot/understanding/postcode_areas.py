"""The postcode areas of the United Kingdom and the highest district number in each where people live.

General knowledge of Royal Mail's areas, not checked against its current file: a district above the highest
is not refused for good, it is asked about once more.
"""

from __future__ import annotations

_LISTED = """
AB56 AL10 B98 BA22 BB18 BD24 BF1 BH31 BL9 BN45 BR8 BS49 BT94 CA28 CB25 CF83 CH66 CM77 CO16 CR9 CT21 CV47
CW12 DA18 DD11 DE75 DG16 DH9 DL17 DN41 DT11 DY14 E20 EC4 EH55 EN11 EX39 FK21 FY8 G84 GL56 GU52 GY10 HA9 HD9
HG5 HP27 HR9 HS9 HU20 HX7 IG11 IM9 IP33 IV63 JE5 KA30 KT24 KW17 KY16 L40 LA23 LD8 LE67 LL78 LN13 LS29 LU7
M50 ME20 MK46 ML12 N22 NE71 NG34 NN29 NP44 NR35 NW11 OL16 OX49 PA80 PE38 PH50 PL35 PO41 PR26 RG45 RH20 RM20
S81 SA73 SE28 SG19 SK23 SL9 SM7 SN26 SO53 SP11 SR9 SS17 ST21 SW20 SY25 TA24 TD15 TF13 TN40 TQ14 TR27 TS29
TW20 UB11 W14 WA16 WC2 WD25 WF17 WN8 WR15 WS15 WV16 YO62 ZE3
"""


def _split(listed: str) -> tuple[str, int]:
    letters = listed.rstrip("0123456789")
    return letters, int(listed[len(letters) :])


HIGHEST_DISTRICT: dict[str, int] = dict(map(_split, _LISTED.split()))
"""Area letters to the highest district number: ``{"CT": 21, ...}``."""
