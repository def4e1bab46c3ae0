"""The tables of ledgers, mailing lists, networks and further CRMs; named as they name themselves."""

from __future__ import annotations

from desktop_crm.domain.importing.shape import Shape

_PARTNER = (
    "email_from|email=contacts.emails;phone|mobile=contacts.phones;function|job position=contacts.role;"
    "street|street2=contacts.address;city=contacts.city;zip=contacts.postcode;"
    "state_id|state_id/name=contacts.region;country_id|country_id/name=contacts.country")
SHAPES = (
    Shape("odoo-crm-fields", "Odoo", "deals", "stage_id|stage_id/name;name;expected_revenue|planned_revenue", columns=(
        "id|.id=deals.external_id;name=deals.name;expected_revenue|planned_revenue=deals.amount;"
        "partner_id|partner_id/name|partner_name=customers.name;contact_name=contacts.name;"
        "user_id|user_id/name=deals.seller;stage_id|stage_id/name=deals.stage;date_deadline=deals.expected;"
        "date_closed=deals.closed;create_date=deals.created;source_id|source_id/name=deals.source;"
        "campaign_id|campaign_id/name=customers.campaign;tag_ids|tag_ids/name=customers.tags;"
        "lost_reason_id|lost_reason_id/name|lost_reason=deals.lost_reason;description=deals.notes;website=customers.website;"
        f"company_currency|company_currency/name=deals.currency;write_date|probability=-;{_PARTNER}")),
    Shape("espocrm-opportunities", "EspoCRM", "deals", "name;stage;amount;close date;"
          "assigned user|assigned user name|created at|modified at", never="opportunity name|deal name", columns=(
              "id=deals.external_id;name=deals.name;account|account name=customers.name;contacts|contact|"
              "contact name=contacts.name;amount currency=deals.currency;amount=deals.amount;stage=deals.stage;"
              "close date=deals.closed;lead source=deals.source;description=deals.notes;created at=deals.created;"
              "assigned user|assigned user name=deals.seller;probability|probability, %|last stage|account id|"
              "assigned user id|created by|created by id|created by name|modified at|modified by|modified by id|"
              "modified by name|teams|teams ids|teams names|deleted|amount converted|contacts ids=-")),
    Shape("dynamics-opportunities", "Dynamics 365", "deals", "topic;est. close date|est. revenue", columns=(
        "(do not modify) opportunity=deals.external_id;topic=deals.name;potential customer|account=customers.name;"
        "contact=contacts.name;est. close date=deals.expected;est. revenue=deals.amount;"
        "actual close date=deals.closed;status=deals.status;pipeline phase=deals.stage;owner=deals.seller;"
        "created on=deals.created;description=deals.notes;currency=deals.more;"
        "(do not modify) row checksum|(do not modify) modified on=-")),
    Shape("dynamics-contacts", "Dynamics 365", "contacts", "(do not modify) contact", columns=(
        "(do not modify) contact=contacts.external_id;full name=contacts.name;company name|account=customers.name;"
        "owner=customers.seller;created on=contacts.created;status=-;status reason=-;"
        "(do not modify) row checksum|(do not modify) modified on=-")),
    Shape("dynamics-accounts", "Dynamics 365", "customers", "(do not modify) account;account name", columns=(
        "(do not modify) account=customers.external_id;account name=customers.name;primary contact=contacts.name;"
        "parent account=customers.parent;owner=customers.seller;created on=customers.created;status=-;status reason=-;"
        "(do not modify) row checksum|(do not modify) modified on=-")),
    Shape("quickbooks", "QuickBooks", "customers", "customer full name;phone numbers|phone|email|bill address|"
          "billing address|full name|open balance", never="transaction type|num", columns=(
              "customer full name=customers.name;full name=contacts.name;company name|company=customers.more;"
              "phone numbers|phone=customers.phones;email=customers.emails;"
              "bill address|billing address|billing street=customers.address;"
              "ship address|shipping address|shipping street=customers.address_2;"
              "billing city=customers.city;billing state=customers.region;billing zip=customers.postcode;"
              "billing country=customers.country;created date|created on=customers.created;website=customers.website;"
              "notes|memo=customers.notes;customer type|open balance|terms=customers.more;attachments=-")),
    Shape("quickbooks-desktop", "QuickBooks", "customers", "customer;balance total|main phone;bill to|main email",
          columns=("customer=customers.name;primary contact=contacts.name;first name=contacts.first_name;"
                   "m.i.=contacts.middle_name;last name=contacts.last_name;job title=contacts.role;"
                   "company=customers.more;main phone|alt. phone|fax=customers.phones;"
                   "main email|cc email=customers.emails;bill to=customers.address;ship to=customers.address_2;"
                   "rep=customers.seller;account no.=customers.external_id;credit limit=customers.credit_limit;"
                   "note=customers.notes;customer type=customers.more")),
    Shape("linkedin", "LinkedIn", "contacts", "first name;last name;connected on;company|position", columns=(
        "url=contacts.more;email address=contacts.emails;company=customers.name;position=contacts.role;"
        "connected on=contacts.more")),
    Shape("mailchimp", "Mailchimp", "customers", "email address;leid|euid|member_rating", columns=(
        "email address=customers.emails;address=customers.address;birthday=customers.birthday;tags=customers.tags;"
        "notes=customers.notes;timezone=customers.zone;region=customers.region;optin_time|confirm_time|optin_ip|"
        "confirm_ip|latitude|longitude|gmtoff|dstoff|cc|last_changed|leid|euid|member_rating=-")),
    Shape("activecampaign", "ActiveCampaign", "contacts", "contact id;email;lists|ip address|date created",
          never="account id|contact owner|lead source|record id", columns=(
              "contact id=contacts.external_id;account=customers.name;tags=customers.tags;status=contacts.more;"
              "date created=contacts.created;ip address|last updated=-")),
    Shape("woocommerce", "WooCommerce", "customers", "billing first name;"
          "billing phone|billing email|billing address", columns=(
        "customer id|user id|id=customers.external_id;first name=customers.first_name;last name=customers.last_name;"
        "email|user email|billing email=customers.emails;billing phone=customers.phones;"
        "billing address|billing address line=customers.address;billing city=customers.city;"
        "billing postcode=customers.postcode;billing state=customers.region;billing country=customers.country;"
        "shipping address=customers.address_2;shipping city=customers.city_2;shipping postcode=customers.postcode_2;"
        "shipping state=customers.region_2;shipping country=customers.country_2;"
        "date registered|registered|user registered=customers.created;billing company=customers.more;user role=-")),
    Shape("whatsapp-group", "WhatsApp", "customers", "formatted phone;saved name|public name", columns=(
        "saved name=customers.name;public name=customers.more;formatted phone=customers.phones;"
        "group name=customers.tags;phone number|country code|is my contact=-")),
    Shape("capsule", "Capsule", "contacts", "type;organisation|organization;first name;email address|phone number;"
          "created|updated|last contacted", never="lead status|created time|modified time", columns=(
              "id=contacts.external_id;type=-;title=contacts.more;job title=contacts.role;"
              "organisation|organization=customers.name;about=contacts.notes;tags=customers.tags;"
              "owner=customers.seller;created=contacts.created;updated=-;website=customers.website")),
)
