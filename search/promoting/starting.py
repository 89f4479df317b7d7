"""The synonyms that every portal starts with. Staff change them in the admin."""

STARTING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("CSO", "chief service officer", "director de servicio")),
    ("en", ("AmeriCorps VISTA", "VISTA", "volunteers in service to America")),
    ("en", ("CERT", "community emergency response team")),
    ("en", ("senior", "older adult", "elder")),
    ("en", ("kids", "children", "youth")),
    ("en", ("trash", "litter", "garbage")),
    ("en", ("snow removal", "snow shoveling")),
    ("en", ("food bank", "food pantry")),
    ("en", ("nonprofit", "non-profit", "charity", "community organization")),
    ("en", ("fundraising", "raising money")),
    ("en", ("volunteer hours", "service hours")),
    ("es", ("adulto mayor", "persona mayor", "anciano")),
    ("es", ("basura", "residuos", "desechos")),
    ("es", ("niños", "jóvenes", "niñez")),
    ("es", ("banco de alimentos", "despensa de alimentos")),
    ("es", ("organización sin fines de lucro", "ONG")),
)
"""(language, "" for every one; words and phrases that mean the same)"""
