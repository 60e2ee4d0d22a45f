"""Which columns a register may have."""

from __future__ import annotations

from xlkpi.council.lists.columns import ListColumns

REGISTER = ListColumns(
    (
        "provider_id", "provider", "type", "lots", "transport", "contract_ref", "contract_start", "contract_end",
        "extended_to", "review_date", "contract_value", "contract_manager", "lead_director", "department", "supplied",
        "supplier_numbers", "email", "contact_1", "contact_2", "contact_3",
    ),
    ("provider_id", "provider", "lots"),
    {
        "id": "provider_id", "providernumber": "provider_id", "providerno": "provider_id",
        "name": "provider", "providername": "provider", "kind": "type", "providertype": "type", "lot": "lots",
        "contract": "contract_ref", "contractreference": "contract_ref",
        "startdate": "contract_start", "contractstartdate": "contract_start", "enddate": "contract_end",
        "contractenddate": "contract_end", "expirydate": "contract_end", "extension": "extended_to",
        "extendedto": "extended_to", "extensionto": "extended_to", "extensiondate": "extended_to",
        "extensionend": "extended_to", "review": "review_date", "reviewdue": "review_date", "nextreview": "review_date",
        "whatissupplied": "supplied", "description": "supplied", "directorate": "department", "value": "contract_value",
        "manager": "contract_manager", "director": "lead_director", "emailaddress": "email",
        "suppliernumber": "supplier_numbers", "supplierno": "supplier_numbers", "suppliernos": "supplier_numbers",
        "supplierid": "supplier_numbers", "vendornumber": "supplier_numbers", "vendorno": "supplier_numbers",
        "creditornumber": "supplier_numbers", "creditorno": "supplier_numbers",
    },
)  # fmt: skip
