"""Why somebody of the coalition looks at the personal data of a city's volunteers or applicants: asked, and logged."""
