"""The tables that other programs take in, by the headings that they know, as far as a list of ours fills them.

What a heading means is not said here: it is what an import of ours takes it for (domain/importing/shapes and
headings), so that what leaves in a shape comes back by it. Only where an import takes a column for nothing (what an
e-mail is, the parts of a ledger) its own column is named behind "=". "#" stands for 1, 2, 3 … as often as needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing.shapes import of_code


@dataclass(frozen=True, slots=True)
class Known:
    """One table of one program: `shape` is the code of the export of it that an import recognises.

    With `only` just the records that have something in this column.
    """

    code: str
    kind: str
    headings: str
    shape: str = ""
    title: str = ""
    only: str = ""

    @property
    def name(self) -> str:
        """What it is called, as a message id."""
        shape = of_code(self.shape)
        return self.title or (shape.title if shape else self.code)


_GOOGLE = ("First Name|Middle Name|Last Name|Organization Name|Organization Title|Birthday|Notes|Labels|"
           "E-mail # - Label=email_#_label|E-mail # - Value|Phone # - Label=phone_#_label|Phone # - Value")
_OUTLOOK = ("First Name|Middle Name|Last Name|Company|Job Title|E-mail Address|E-mail 2 Address|E-mail 3 Address|"
            "Primary Phone|Business Phone|Home Phone|Mobile Phone|Other Phone|Birthday|Notes|Categories")

KNOWN = (
    Known("google", "contacts", _GOOGLE, "google"),
    Known("google", "customers", f"{_GOOGLE}|Address 1 - Street|Address 1 - City|Address 1 - Region|"
          "Address 1 - Postal Code|Address 1 - Country|Website 1 - Value", "google"),
    Known("outlook", "contacts", _OUTLOOK, "outlook"),
    Known("outlook", "customers", f"{_OUTLOOK}|Business Street|Business City|Business State|Business Postal Code|"
          "Business Country/Region|Web Page", "outlook"),
    Known("hubspot", "contacts", "Record ID|First Name|Last Name|Email|Phone Number|Mobile Phone Number|Job Title|"
          "Company Name|Date of Birth|Create Date|Lead Status", "hubspot-contacts"),
    Known("hubspot", "customers", "Record ID=external_id|Company name|Website URL|Phone Number|Street Address|City|"
          "State/Region=region|Postal Code|Country/Region|Industry|Number of Employees|Year Founded|Company owner|"
          "Parent Company|Description|Create Date", "hubspot-companies"),
    Known("hubspot", "deals", "Record ID=external_id|Deal Name|Pipeline|Deal Stage|Amount|Currency|Close Date|"
          "Create Date|Deal owner|Associated Company|Closed Lost Reason", "hubspot-deals"),
    Known("salesforce", "contacts", "Last Name|Account Name|Title|Email|Phone|Mobile|Home Phone|Other Phone|Birthdate|"
          "Description|Mailing Street|Created Date", "salesforce-contacts"),
    Known("salesforce", "customers", "Account Name|Parent Account|Phone|Website|Billing Street|Billing City|"
          "Billing State/Province|Billing Zip/Postal Code|Billing Country|Industry|Employees|Account Owner|"
          "Description|Created Date", "salesforce-accounts"),
    Known("salesforce", "deals", "Opportunity Name|Account Name|Stage|Amount|Close Date|Opportunity Owner|Lead Source|"
          "Description|Created Date", "salesforce-opportunities"),
    Known("zoho", "contacts", "Last Name|Account Name|Title|Email|Secondary Email|Phone|Mobile|Home Phone|Other Phone|"
          "Date of Birth|Description|Contact Owner|Created Time", "zoho-contacts"),
    Known("zoho", "customers", "Account Name|Parent Account|Phone|Website|Billing Street|Billing City|Billing State|"
          "Billing Code|Billing Country|Industry|Employees|Account Owner|Description|Tag|Created Time",
          "zoho-accounts"),
    Known("zoho", "deals", "Deal Name|Account Name|Pipeline|Stage|Amount|Closing Date|Deal Owner|Lead Source|"
          "Description|Created Time", "zoho-deals"),
    Known("odoo", "customers", "Name|Company Type|Related Company|Email|Phone|Mobile|Street|City|State=region|Zip|"
          "Country|Website|Tax ID|Tags|Salesperson|Notes", "odoo"),
    Known("odoo", "deals", "Opportunity|Customer|Expected Revenue|Expected Closing|Stage|Salesperson|Notes",
          "odoo-crm"),
    Known("ledger", "payments", "Date=received_on|Document number=document|Customer ID=customers_ref|"
          "Customer=customer_id|Description=name|Amount=amount|Currency=currency|Method=method",
          title=N_("Ledger of money received"), only="received_on"),
    Known("ledger", "deals", "Invoice date=closed_on|Document number=document|Customer ID=customers_ref|"
          "Customer=customer_id|Deal=name|Amount=amount|Tax=tax|Currency=currency|Salesperson=seller_id",
          title=N_("Ledger of sales"), only="sold_on"),
)
