"""What one cell says of the further companies of a contact (domain/people_texts), as rows of the file."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain.people_texts import SaidCompany
from desktop_crm.services.importing.additions import Additions
from desktop_crm.services.importing.draft import Draft
from desktop_crm.services.importing.linking import Links
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection


def companies(connection: Connection, made: Draft, links: Links, ids: Sequence[int],
              targets: Sequence[int | None]) -> Additions:
    """The companies that contacts do not belong to yet; unknown ones come into the file."""
    found = Additions("affiliations", [], {"contact_id": [], "customer_id": [], "role": []})
    if "companies" not in made.values:
        return found
    present = set(map(tuple, importing.rows(connection, "affiliations", ("customer_id",), [
        target for target in targets if target is not None], by="contact_id")))
    told: list[tuple[SaidCompany, ...] | None] = made.column("companies")
    for row, (contact, employer) in enumerate(zip(ids, made.column("customer_id"), strict=True)):
        kept = targets[row] is not None and "companies" in made.mapping.kept
        for one in told[row] or () if contact and not kept else ():
            company = links.identified("customers", one.ref) if one.ref else None
            company = company or links.of("customers").resolve(one.name)
            if company is None or company == employer or (contact, company) in present:
                continue
            present.add((contact, company))
            for key, value in (("contact_id", contact), ("customer_id", company), ("role", one.role)):
                found.columns[key].append(value)
    found.owners = found.columns["contact_id"]
    return found
