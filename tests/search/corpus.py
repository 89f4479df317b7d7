"""Forty small documents that the engines are compared on: what volunteers do, in English and in Spanish."""

import datetime

from search.factories import document

ENGLISH = [
    (
        "Plant street trees",
        "Shade for hot blocks",
        "Dig, water and mulch young trees with your neighbors. Roots need room.",
    ),
    (
        "Tree care after a storm",
        "Branches on the ground",
        "Report branches on wires. Never touch a wire. The city removes them.",
    ),
    (
        "Start a food pantry",
        "Shelves that fill themselves",
        "Ask grocers for bread. A pantry needs a fridge and volunteers.",
    ),
    ("Community gardens", "Beds for everyone", "Share tools and compost. Gardens grow food and friends."),
    (
        "Tutor young readers",
        "Half an hour a week",
        "Read aloud with a child. Schools check every tutor before the first visit.",
    ),
    (
        "Background checks for volunteers",
        "Who needs one",
        "People who work with children need a check. It takes a week.",
    ),
    ("Volunteer insurance", "What the city covers", "An accident at a cleanup is covered. A car is not."),
    ("Clean a storm drain", "Keep leaves out", "Adopt a drain. Rake leaves before rain, so that streets stay dry."),
    ("Adopt a park", "Love a park for a year", "A group looks after a park. The city brings bags and gloves."),
    ("Paint over graffiti", "Fresh walls", "Paint is free. Ask the owner of the wall first."),
    ("Vacant lots", "From blight to bloom", "Mow a vacant lot and plant flowers. The land bank lends lots."),
    ("Smoke alarms at every door", "Fire safety", "Firefighters and volunteers install alarms. Test them each month."),
    ("Emergency shelters", "Open in an hour", "Cots, water and a list of names. Shelters need night volunteers."),
    (
        "Check on neighbors in a heat wave",
        "Knock, ask, bring water",
        "Older people suffer first. Call them twice a day.",
    ),
    ("Home repair for older people", "Safe steps and warm rooms", "Fix rails and steps. Plumbers give an hour."),
    ("Chief service officer", "A job in city hall", "The chief service officer leads volunteers of the whole city."),
    ("What a CSO does", "A day at work", "A CSO meets partners, counts hours and thanks people."),
    (
        "Measure what you did",
        "Numbers that matter",
        "Count trees, meals and hours. Show what changed, not how busy you were.",
    ),
    ("Recruit volunteers", "Ask, then ask again", "People join when a friend asks. Say what, when and where."),
    ("Thank volunteers", "A note works", "Write by hand. A party helps. Say what changed because of them."),
    ("Coat drive", "Warm winters", "Collect coats before November. Wash them and sort them by size."),
    ("School supply drive", "Pencils for September", "Fill backpacks. Ask shops for pencils and paper."),
    ("Ride share to the polls", "Vote with a neighbor", "Drive people who cannot drive. Registration ends in October."),
    ("Register to vote", "Before the deadline", "Registered voters get a card. Registering takes five minutes."),
    ("Trail building", "Paths in the woods", "Cut a path that water leaves. Trails need drains too."),
    ("Walk to school together", "A bus on feet", "Parents walk a route. Children join on the way."),
    ("E-mail that people open", "Short and early", "An e-mail has one request. Send it on Tuesday."),
    (
        "Love your block",
        "Small grants",
        "A block gets up to 500 dollars for paint, plants and trash bags. Blocks compete.",
    ),
    (
        "Blocks against blight",
        "Boards and paint",
        "Neighbors paint boards on empty houses. Love your block pays for it.",
    ),
    ("Mayors and service", "Why city hall cares", "A mayor asks residents to serve. Mayors share what works."),
]
SPANISH = [
    (
        "Plante árboles en su calle",
        "Sombra para todos",
        "Riegue los árboles jóvenes con sus vecinos. Las raíces piden espacio.",
    ),
    ("Limpie un parque", "Un sábado al mes", "Traiga guantes y bolsas. La ciudad recoge la basura."),
    (
        "Banco de alimentos",
        "Comida para cada mesa",
        "Las tiendas donan pan. El banco necesita voluntarios y una nevera.",
    ),
    ("Revise las alarmas de humo", "Seguridad en casa", "Los bomberos instalan alarmas. Pruébelas cada mes."),
    ("Lea con un niño", "Media hora por semana", "Las escuelas buscan tutores. Lea en voz alta."),
    (
        "Informacion para voluntarios",
        "Lo que debe saber",
        "La inscripción es gratis. Las inscripciones cierran en octubre.",
    ),
    ("Huertos comunitarios", "Tierra para todos", "Comparta herramientas y semillas. Un huerto da comida y amigos."),
    (
        "Albergues de emergencia",
        "Abiertos en una hora",
        "Camas, agua y una lista de nombres. Hacen falta manos de noche.",
    ),
    ("Agradezca a los voluntarios", "Una nota basta", "Escriba a mano. Diga qué cambió gracias a ellos."),
    ("Gobierno y servicio", "Por qué importa", "El gobierno de la ciudad pide ayuda a los vecinos."),
]
FIRST_DAY = datetime.date(2025, 1, 1)


def corpus():
    """All of them; each a month younger than the one before, and every fifth without a date."""
    return [
        document(
            title=title,
            summary=summary,
            body=body,
            headings=("What you need", "First steps") if language == "en" else ("Lo que necesita",),
            language=language,
            kind="story" if number % 4 == 0 else "guide",
            topics=("parks",) if number % 3 == 0 else ("people",),
            topic_words=("Parks",) if number % 3 == 0 else ("People",),
            date=None if number % 5 == 0 else FIRST_DAY + datetime.timedelta(days=30 * number),
        )
        for number, (language, (title, summary, body)) in enumerate(
            [*(("en", text) for text in ENGLISH), *(("es", text) for text in SPANISH)]
        )
    ]
