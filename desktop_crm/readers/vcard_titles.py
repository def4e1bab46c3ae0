"""The title under which a property without a field of its own is kept; what programs tell themselves has none."""

from __future__ import annotations

import re

from desktop_crm.readers.vcard_lines import Property

_KNOWN = {
    "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary", "X-MS-ANNIVERSARY": "Anniversary",
    "X-EVOLUTION-ANNIVERSARY": "Anniversary", "X-KADDRESSBOOK-X-ANNIVERSARY": "Anniversary",
    "X-SPOUSE": "Spouse", "X-EVOLUTION-SPOUSE": "Spouse", "X-MS-SPOUSE": "Spouse",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "Spouse", "X-CHILD": "Child", "X-MS-CHILD": "Child", "X-CHILDREN": "Children",
    "X-MANAGER": "Manager", "X-EVOLUTION-MANAGER": "Manager", "X-MS-MANAGER": "Manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "Manager", "X-ASSISTANT": "Assistant", "X-EVOLUTION-ASSISTANT": "Assistant",
    "X-MS-ASSISTANT": "Assistant", "X-KADDRESSBOOK-X-ASSISTANTSNAME": "Assistant",
    "X-ASSISTANT-TEL": "Assistant's phone", "X-ASSISTANT-PHONE": "Assistant's phone",
    "X-PHONETIC-FIRST-NAME": "Phonetic first name", "X-PHONETIC-MIDDLE-NAME": "Phonetic middle name",
    "X-PHONETIC-LAST-NAME": "Phonetic last name", "X-PHONETIC-ORG": "Phonetic company",
    "X-MAIDENNAME": "Maiden name", "X-GENDER": "Gender", "X-WAB-GENDER": "Gender", "HOBBY": "Hobby",
    "X-HOBBY": "Hobby", "INTEREST": "Interest", "X-INTERESTS": "Interest", "X-MS-INTERESTS": "Interest",
    "EXPERTISE": "Expertise", "LANG": "Language", "GENDER": "Gender", "TZ": "Time zone", "GEO": "Place",
    "BIRTHPLACE": "Born in", "DEATHPLACE": "Died in", "DEATHDATE": "Died on", "RELATED": "Related", "X-CUSTOM1": "1",
    "X-CUSTOM2": "2", "X-CUSTOM3": "3", "X-CUSTOM4": "4", "CALURI": "Calendar", "TLX": "Telex", "X-GN": "Group",
    "X-MS-TEXT": "Text", "AGENT-FN": "Agent", "AGENT-ORG": "Agent", "AGENT-TEL": "Agent", "AGENT-EMAIL": "Agent",
}
_READ = frozenset({  # what becomes something else than a title and a text
    "ADR", "AGENT", "BDAY", "CATEGORIES", "EMAIL", "FN", "KIND", "LABEL", "LOGO", "MEMBER", "N", "NICKNAME", "NOTE",
    "ORG", "PHOTO", "ROLE", "TEL", "TITLE", "UID", "URL", "X-ABDATE", "X-ABLABEL", "X-ABRELATEDNAMES", "X-ABSHOWAS",
    "X-ANDROID-CUSTOM", "X-EPOCSECONDNAME", "X-EVOLUTION-BLOG-URL", "X-MS-TEL",
})
_OF_PROGRAMS = re.compile(
    "VERSION|PRODID|REV|CLASS|MAILER|PROFILE|SOURCE|NAME|KEY|SOUND|SORT-STRING|CLIENTPIDMAP|XML|FBURL|CALADRURI|"
    "CREATED|ETAG|DN|CAPURI|BEGIN|END|VND-.*|X-AB(?:UID|ADR|ORDER)|X-ADDRESS(?:BOOKSERVER|ING)-.*|X-AGENT|X-APPLE-.*|"
    "X-CLASS|X-COUCHDB-.*|X-CREATED.*|X-DAVX5.*|X-DCM.*|X-ACCOUNT|X-GNO|"
    "X-EVOLUTION-(?:FILE-AS|UI-SLOT|BOOK|DEST|E?LIST|WEBDAV|X509).*|"
    "X-I(?:MAGE|RMC)-?.*|X-KADDRESSBOOK-(?:CRYPTO|OPENPGP|SMIME).*|X-LOTUS-.*|X-MOZILLA-.*|X-MS-(?:CARDPICTURE|OL-.*)|"
    "X-(?:NEXTCLOUD|NO|OC|RADICALE|REDUCTION|SHARED-PHOTO|SONYERICSSON|UID|UNIQUE-ID|UPDATED|WAB)\\b.*|"
    "X-(?:LAST-MODIFIED|PRODID|REV|ID|VERSION)")
_VENDORS = re.compile(r"X-(?:KADDRESSBOOK-X-|KADDRESSBOOK-|EVOLUTION-|MS-|ANDROID-|GOOGLE-(?!TALK))?(?=.)")
_LONG = 2000


def known(item: Property) -> str:
    """The title of a property that programs agree on; "" for another one."""
    return _KNOWN.get(item.name, "")


def own(item: Property) -> str:
    """The title that a property of somebody's own makes out of its name ("X-CUSTOMER-NUMBER" → "Customer number").

    "" for what is read elsewhere, and for what a program notes for itself: its marks, pictures, layouts.
    """
    value = item.value.strip()
    if item.name in _READ or item.name in _KNOWN or _OF_PROGRAMS.fullmatch(item.name):
        return ""
    if item.encoding == "BASE64" or value[:1] in ("<", "{") or len(value) > _LONG:
        return ""
    return " ".join(re.split(r"[-_/]+", _VENDORS.sub("", item.name))).capitalize()
