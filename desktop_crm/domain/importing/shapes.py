"""The tables that well-known programs write, known by their headings; compared without case, blanks and signs.

A column's target names the kind first ("contacts.emails"), whatever the rows are imported as; "-" stands for a column
that only the other program needs (its own keys, marks and counts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing import shapes_further, shapes_outlook
from desktop_crm.domain.importing.shape import Shape
from desktop_crm.domain.values import squash

_PERSON_COLUMNS = (
    "company|company name|organization|organization name|organization 1 name|account name=customers.name;"
    "job title|title|organization title|organization 1 title=contacts.role")
_GOOGLE = (
    "given name|first name=contacts.first_name;additional name|middle name=contacts.middle_name;"
    "family name|last name=contacts.last_name;name=contacts.name;file as=-;photo=-;"
    "organization name=customers.name;organization title=contacts.role;"
    "group membership|labels=customers.tags;e-mail value=contacts.emails;phone value=contacts.phones;"
    "address formatted=-;address street|address extended address|address po box=contacts.address;"
    "address city=contacts.city;address region=contacts.region;address postal code=contacts.postcode;"
    "address country=contacts.country;birthday=contacts.birthday;notes=contacts.notes;website value=contacts.website;"
    "e-mail label|e-mail type|phone label|phone type|website label|website type=-;"
    "nickname=contacts.call_name;address label|address type=contacts.label")
_OUTLOOK = (
    "first name=contacts.first_name;middle name=contacts.middle_name;last name=contacts.last_name;"
    "company=customers.name;job title=contacts.role;e-mail address|e-mail 2 address|e-mail 3 address=contacts.emails;"
    "e-mail display name|e-mail type|given yomi|surname yomi|company yomi|initials|priority|private|sensitivity|"
    "internet free busy|directory server|e-mail 2 display name|e-mail 3 display name=-;"
    "home phone|home phone 2|business phone|business phone 2|mobile phone|car phone|other phone|primary phone|"
    "company main phone|callback|radio phone|business fax|home fax|other fax=contacts.phones;"
    "assistant's phone|personal web page=contacts.more;"
    "business street|business street 2|business street 3=contacts.address;business city=contacts.city;"
    "business state=contacts.region;business postal code=contacts.postcode;"
    "business country|business country/region=contacts.country;web page=contacts.website;"
    "business address|home address|other address=contacts.more;"
    "home street|home street 2|home street 3|home address po box=contacts.address_2;home city=contacts.city_2;"
    "home state=contacts.region_2;home postal code=contacts.postcode_2;"
    "home country|home country/region=contacts.country_2;"
    "other street|other street 2|other street 3|other address po box=contacts.address_3;other city=contacts.city_3;"
    "other state=contacts.region_3;other postal code=contacts.postcode_3;"
    "other country|other country/region=contacts.country_3;business address po box=contacts.address;"
    "birthday=contacts.birthday;notes=contacts.notes;categories|keywords=customers.tags;nickname=contacts.call_name")
_SALESFORCE = (
    "is deleted|system modstamp|last modified date|last modified by id|last activity date|created by id|photo url|"
    "master record id|jigsaw|jigsaw contact id|last viewed date|last referenced date|record type id=-;"
    "account id|account name=customers.name;owner id|owner=customers.seller")
_OTHER = (
    "other street=contacts.address_2;other city=contacts.city_2;other state|other state/province=contacts.region_2;"
    "other zip|other postal code|other zip/postal code=contacts.postcode_2;other country=contacts.country_2;"
    "email opt out|has opted out of email=contacts.no_marketing")
_SHIPPING = (
    "shipping street|shipping address street=customers.address_2;"
    "shipping city|shipping address city=customers.city_2;"
    "shipping state|shipping state/province|shipping address state=customers.region_2;"
    "shipping code|shipping postal code|shipping zip/postal code|shipping address postal code=customers.postcode_2;"
    "shipping country|shipping address country=customers.country_2")

_USUAL = (
    Shape("atomic", N_("Atomic CRM, contacts"), "contacts", "first seen;has newsletter;first name", columns=(
        "title=contacts.role;background=contacts.notes;first seen=contacts.created;company=customers.name;"
        "company name=customers.name;company id=customers.external_id;sales=customers.seller;tags=customers.tags;"
        "status=contacts.more;gender=contacts.more;last seen=contacts.more;linkedin url=contacts.more;"
        "sales id|nb tasks=contacts.more")),
    Shape("google", N_("Google Contacts"), "contacts",
          "given name|first name;group membership|labels|name prefix|phonetic first name;"
          "phone value|e-mail value|organization name|organization title|yomi name|file as", columns=_GOOGLE),
    Shape("outlook", N_("Outlook, contacts"), "contacts", "first name;last name",
          "e-mail address|e-mail 2 address|business phone|home phone|mobile phone|business street|home street|"
          "business city|job title|office location|business fax|home city|other phone|categories|business postal code",
          4, columns=_OUTLOOK, never="lead source|phone value|e-mail value"),
    Shape("pipedrive-deals", N_("Pipedrive, deals"), "deals", "deal title", "deal value|deal stage|deal status", 1,
          never="activity subject|person email work", columns=(
              "deal currency of value|deal currency=deals.currency;deal contact person|deal person=contacts.name;"
              "deal deal closed on|deal closed on|deal won time|deal lost time=deals.closed;"
              "deal creator|deal creator user|deal weighted value|deal visible to=deals.more")),
    Shape("pipedrive-people", N_("Pipedrive, people"), "contacts", "person name|name;"
          "person name|person created|open deals|closed deals", never="record id|account name", columns=(
              "label|labels|person label|person labels=customers.tags;owner|person owner=customers.seller;"
              "person created|person person created|person add time=contacts.created;"
              "update time|person update time|open deals|closed deals|won deals|lost deals|person open deals|"
              "person closed deals|total activities|done activities|activities to do=-;"
              "postal address|person postal address=contacts.address")),
    Shape("pipedrive-organizations", N_("Pipedrive, organizations"), "customers", "organization name",
          "organization address|organization owner|organization people|organization labels|organization id|"
          "organization open deals|organization website", 1, never="person name|organization title|first name",
          columns=(
              "organization address|organization full/combined address of address=customers.address;"
              "organization city/town/village/locality of address=customers.city;"
              "organization zip/postal code of address=customers.postcode;"
              "organization country of address=customers.country;"
              "organization state/county of address=customers.region;"
              "organization apartment/suite no of address|organization house number of address|"
              "organization street/road name of address|organization latitude of address|"
              "organization longitude of address=-;organization organization created=customers.created;"
              "organization people|organization open deals|organization closed deals|organization won deals|"
              "organization lost deals|organization total activities|organization done activities|"
              "organization activities to do|organization update time=-;organization annual revenue=customers.more")),
    Shape("apple", N_("Apple Contacts"), "contacts", "first name|first|name",
          "phonetic first name|phonetic last name|maiden name|email (home)|email (work)|home email|work email|"
          "phone (iphone)|phone (mobile)|phone (main)|iphone|phone: iphone|url (home page)|home page|home address|"
          "work address|related name|address (home)|address (work)|email: home|email: work|phone: mobile", 3,
          never="group membership|labels|record id|lead status|e-mail value",
          columns=f"{_PERSON_COLUMNS};first=contacts.first_name;last=contacts.last_name;"
                  "phone iphone|iphone|phone mobile|phone main|main=contacts.phones;"
                  "email home|email work|home email|work email=contacts.emails;"
                  "address work|work address=contacts.address;address home|home address=contacts.address_2;"
                  "url home page|home page=customers.website"),
    Shape("hubspot-deals", N_("HubSpot, deals"), "deals", "record id;deal name",
          "deal stage|amount|close date|pipeline", 1,
          never="closing date|account name|sub pipeline|created time|modified time",
          columns="associated company primary|associated company|associated companies=customers.name;"
                     "associated contact primary|associated contact|associated contacts=contacts.name;"
                     "associated company ids|associated contact ids|associated note=-;close date=deals.closed;"
                     "deal owner=deals.seller"),
    Shape("hubspot-contacts", N_("HubSpot, contacts"), "contacts", "record id;first name|last name|email",
          "lead status|lifecycle stage|original source|create date|contact owner|associated company|last activity date",
          1, never="created time|modified time|organization name|tag list", columns=(
              "record id=contacts.external_id;lead status=customers.lead_state;lifecycle stage=customers.state;"
              "contact owner=customers.seller;original source=customers.source;create date=contacts.created;"
              "associated company primary|primary company|associated company|company name=customers.name;"
              "associated company ids|associated company ids primary|primary associated company id=-;"
              "website url=customers.website;street address=contacts.address;job title=contacts.role;"
              "date of birth=contacts.birthday;whatsapp phone number=contacts.whatsapp;"
              "mobile phone number=contacts.phones;"
              "unsubscribed from all email|opted out of all email=contacts.no_marketing;"
              "legal basis for processing contacts data=contacts.consent_basis")),
    Shape("hubspot-companies", N_("HubSpot, companies"), "customers", "record id;company name",
          "company owner|company domain name|create date|lifecycle stage|lead status|industry|last activity date", 1,
          never="created time|modified time", columns=(
              "company domain name|website url=customers.website;company owner=customers.seller;"
              "parent company=customers.parent;number of employees=customers.employees;"
              "associated contact|associated contacts=contacts.name;associated contact ids=-")),
    Shape("bigin", N_("Bigin, pipelines"), "deals", "sub pipeline|sub-pipeline;stage|deal name", columns=(
        "record id=deals.external_id;deal name|pipeline name=deals.name;company name=customers.name;"
        "contact name=contacts.name;sub pipeline=deals.more;closing date=deals.closed;deal owner=deals.seller;"
        "created time=deals.created;modified time|deal owner id|company name id|contact name id=-")),
    Shape("bigin-contacts", N_("Bigin, contacts"), "contacts", "created time|modified time;company name;"
          "last name|contact name", never="lead source|lead status|account name", columns=(
              "record id=contacts.external_id;company name=customers.name;contact owner=customers.seller;"
              "created time=contacts.created;modified time|contact owner id|company name id=-;tag=customers.tags;"
              "title=contacts.role;"
              "email opt out=contacts.no_marketing;date of birth=contacts.birthday;"
              "mailing street=contacts.address")),
    Shape("bigin-companies", "Bigin", "customers", "company owner;company name;created time|modified time",
          never="lead source|lead status|account name|deal name|last name", columns=(
              "record id=customers.external_id;company name=customers.name;company owner=customers.seller;"
              "created time=customers.created;modified time|company owner id|created by|modified by=-;"
              "tag=customers.tags;billing street=customers.address;billing city=customers.city;"
              "billing state=customers.region;billing country=customers.country;billing code=customers.postcode")),
    Shape("zoho-leads", N_("Zoho CRM, leads"), "customers", "lead owner|lead name|lead_status;"
          "created time|modified time|record id",
          never="associated company|lifecycle stage|original source|account name",
          columns="lead owner|owner=customers.seller;lead status=customers.lead_state;"
                  "no of employees=customers.employees;"
                  "rating=customers.more;tag=customers.tags;modified time|lead owner id|modified by id|created by id=-;"
                  "record id|id=customers.external_id;lead name|full name=contacts.name;created time=customers.created;"
                  "annual revenue=customers.more;"
                  "email opt out=customers.no_marketing"),
    Shape("zoho-deals", N_("Zoho CRM, deals"), "deals", "deal name;deal owner|closing date;created time|modified time|"
          "account name", columns="account name=customers.name;contact name=contacts.name;closing date=deals.closed;"
          "deal owner|owner=deals.seller;record id|id=deals.external_id;modified time|deal owner id|account name id|"
          "contact name id|created by id|modified by id|campaign source id=-;created time=deals.created;"
          "reason for loss=deals.lost_reason", never="sub pipeline"),
    Shape("zoho-contacts", N_("Zoho CRM, contacts"), "contacts", "contact owner|account_name;"
          "last name|contact name|full name;created time|modified time|record id",
          never="lifecycle stage|original source|associated company|organization name|deal name",
          columns="account name=customers.name;account name id=customers.external_id;"
                  "contact owner|owner=customers.seller;"
                  "lead source=customers.source;record id|id=contacts.external_id;tag=customers.tags;"
                  "title=contacts.role;mailing street=contacts.address;mailing city=contacts.city;"
                  "mailing state=contacts.region;mailing zip=contacts.postcode;mailing country=contacts.country;"
                  f"{_OTHER};"
                  "date of birth=contacts.birthday;modified time|contact owner id|created by id|modified by id=-;"
                  "created time=contacts.created;"
                  "secondary email=contacts.emails;contact name|full name=contacts.name"),
    Shape("zoho-accounts", N_("Zoho CRM, accounts"), "customers", "account owner|billing_street|billing_city;"
          "account name;created time|modified time|record id", never="last name|deal name|contact name", columns=(
              "account owner|owner=customers.seller;parent account=customers.parent;tag=customers.tags;"
              "billing street=customers.address;billing code=customers.postcode;modified time|account owner id|"
              "parent account id|created by id|modified by id=-;record id|id=customers.external_id;"
              "created time=customers.created;annual revenue=customers.more;"
              f"{_SHIPPING};"
              "account type=customers.more;rating=customers.more")),
    Shape("salesforce-leads", N_("Salesforce, leads"), "customers", "company|company / account;lead source|lead status;"
          "status|lead status;last name|name|first name|lead name|lead id", columns=f"{_SALESFORCE};"
          "company|company / account=customers.name;lead source=customers.source;"
          "status|lead status=customers.state;"
          "rating=customers.heat;lead id|id=customers.external_id;title=contacts.role;lead owner=customers.seller;"
          "annual revenue=customers.more;number of employees|no of employees=customers.employees;"
          "email opt out|has opted out of email=customers.no_marketing",
          never="created time|record id|assigned user|assigned user name"),
    Shape("salesforce-opportunities", N_("Salesforce, opportunities"), "deals", "opportunity name|stage name;"
          "stage|stage name;close date|amount", columns=(
              f"{_SALESFORCE};opportunity name|name=deals.name;stage|stage name=deals.stage;close date=deals.closed;"
              "opportunity id|id=deals.external_id;opportunity owner|owner|owner id=deals.seller;"
              "currency iso code|opportunity currency|amount currency=deals.currency;contact name=contacts.name;"
              "is closed|is won|closed|won|fiscal period|fiscal year|fiscal|forecast category|age|"
              "probability|probability (%)=-;created date=deals.created;lead source=deals.source;type=deals.more")),
    Shape("salesforce-contacts", N_("Salesforce, contacts"), "contacts", "mailing street|mailing city|mailing country|"
          "mailing state/province|mailing zip/postal code|reports to id;last name|name|full name|contact name|email",
          columns=f"{_SALESFORCE};account name=customers.name;account id=customers.external_id;title=contacts.role;"
                  "mailing street|mailing address line=contacts.address;mailing city=contacts.city;"
                  "mailing state|mailing state/province=contacts.region;mailing country=contacts.country;"
                  "mailing postal code|mailing zip/postal code=contacts.postcode;birthdate=contacts.birthday;"
                  f"{_OTHER};"
                  "contact id|id=contacts.external_id;contact owner=customers.seller;lead source=customers.source;"
                  "created date=contacts.created;description=contacts.notes",
          never="created time|record id"),
    Shape("salesforce-accounts", N_("Salesforce, accounts"), "customers", "account name|name;billing street|"
          "billing city|billing country|billing state/province|billing state", columns=(
              f"{_SALESFORCE};account name=customers.name;parent account|parent account name=customers.parent;"
              "parent id=customers.parent_ref;account id|id=customers.external_id;"
              "account owner=customers.seller;type=customers.more;"
              f"{_SHIPPING};"
              "billing street=customers.address;billing city=customers.city;"
              "billing state|billing state/province=customers.region;billing country=customers.country;"
              "billing postal code|billing zip/postal code=customers.postcode;rating=customers.heat;"
              "number of employees|employees=customers.employees;annual revenue=customers.more"),
          never="created time|record id|assigned user|assigned user name|first name"),
    Shape("odoo-crm", N_("Odoo, opportunities"), "deals", "opportunity;expected revenue|salesperson|sales team",
          columns=(
        "opportunity=deals.name;expected revenue=deals.amount;customer=customers.name;company name=customers.name;"
        "contact name=contacts.name;salesperson=deals.seller;expected closing=deals.expected;sales team=deals.more;"
        "external id|id=deals.external_id;email=contacts.emails;phone=contacts.phones;probability=-")),
    Shape("odoo", N_("Odoo, contacts"), "customers", "name|display name|complete name",
          "is a company|related company|company type|address type|salesperson|external id|reference|street2|"
          "country/id|parent_id/id|parent_id/name|user_id/name|country_id/name|state_id/name|category_id/name|"
          "tags|customer rank|is_company|customer", 2,
          never="first name|lead source|lead status|created time|record id|emailaddress|deal|amount|total",
          columns="is a company|is_company|company type=customers.kind;salesperson=customers.seller;"
                  "related company|related company/name|parent name|parent_id|parent_id/name=customers.company;"
                  "user_id|user_id/name=customers.seller;country_id|country_id/name=customers.country;"
                  "state_id|state_id/name=customers.region;website link=customers.website;"
                  "tags|category|category_id|category_id/name=customers.tags;customer|customer rank=-;"
                  "reference|internal reference=customers.external_id;external id|id=customers.external_id;"
                  "blacklist|is blacklisted=customers.no_marketing;"
                  "address type=customers.more;tax id|vat=customers.tax_number;"
                  "company registry|company id=customers.registration;lang|language=customers.language;"
                  "job position|function=contacts.role;"
                  "country/name=customers.country;state/name=customers.region"),
    Shape("espocrm-accounts", N_("EspoCRM"), "customers", "name;billing address street|billing address city|"
          "billing address country|billing address state|sic code;"
          "assigned user|assigned user name|created at|created by|modified at|teams",
          never="first name|last name|account|account name", columns=(
              "name=customers.name;assigned user|assigned user name=customers.seller;assigned user id|created by id|"
              "created by|created by name|modified at|modified by|modified by id|modified by name|teams|teams ids|"
              "teams names|deleted=-;billing address street=customers.address;billing address city=customers.city;"
              "billing address state=customers.region;billing address country=customers.country;"
              f"billing address postal code=customers.postcode;{_SHIPPING};type=customers.more;"
              "created at=customers.created;description=customers.notes")),
    Shape("espocrm", N_("EspoCRM"), "contacts", "assigned user|assigned user name|assigned user id|salutation name",
          "email address|phone number|account|account name|created at|modified at|created by|address street|"
          "address city|billing address city|address postal code|teams|salutation name|email|phone|status", 2, columns=(
              "account|account name=customers.name;account id=customers.external_id;"
              "assigned user|assigned user name=customers.seller;assigned user id|created by id|created by|"
              "created by name|modified at|modified by|modified by id|modified by name|teams|teams ids|"
              "teams names|deleted|"
              "salutation name=-;address street=contacts.address;address city=contacts.city;"
              "address state=contacts.region;address country=contacts.country;address postal code=contacts.postcode;"
              "billing address street=customers.address;billing address city=customers.city;"
              "billing address state=customers.region;billing address country=customers.country;"
              f"{_SHIPPING};"
              "billing address postal code=customers.postcode;"
              "email address is opted out=contacts.no_marketing;created at=contacts.created;description=contacts.notes;"
              "title|account role=contacts.role")),
    Shape("monica", N_("Monica"), "contacts", "first name|first_name",
          "food preferences|first met where|first met|how you met|is starred|is dead|is partial|last talked to|"
          "last consulted at|job|number of views|uuid|first met additional info|stay in touch frequency|vault", 2,
          columns="job|job position=contacts.role;company=customers.name;birthdate|birthday=contacts.birthday;"
                  "description=contacts.notes;is starred|is dead|is partial|uuid|number of views|last consulted at|"
                  "vault|object|updated at=-;created at=contacts.created;nickname=contacts.call_name"),
)


SHAPES = (*shapes_outlook.SHAPES, *shapes_further.SHAPES, *_USUAL)
"""Every known export; the first that fits counts."""


def key(heading: str) -> str:
    """What headings are compared by; numbers in them count for nothing ("Phone 2 - Value" is one of several)."""
    return squash(re.sub(r"\d+", " ", heading)) or squash(heading)


def _set(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split("|") if word)


def recognised(headings: Iterable[str]) -> Shape | None:
    """The known export that these headings are of; the first that fits, None where none does."""
    there = {key(heading) for heading in headings}
    return next((shape for shape in SHAPES if _fits(shape, there)), None)


def _fits(shape: Shape, there: set[str]) -> bool:
    return (all(_set(need) & there for need in shape.needs.split(";")) and not _set(shape.never) & there
            and len(_set(shape.marks) & there) >= shape.least)


def of_code(code: str) -> Shape | None:
    """A known export by its code."""
    return next((shape for shape in SHAPES if shape.code == code), None)


@lru_cache(maxsize=32)
def targets(shape: Shape) -> dict[str, str]:
    """By key of a heading, what its column is: "contacts.emails", or "-" for nothing that matters here."""
    pairs = (pair.rpartition("=") for pair in shape.columns.split(";") if pair)
    return {key(word): target for words, _, target in pairs for word in words.split("|")}
