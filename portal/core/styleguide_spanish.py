"""Blocks in Spanish: a fifth longer than English, with letters of their own."""

from collections.abc import Callable
from typing import Any

from portal.core.blocks.examples import ExampleDocument, picture, prose, table

SPANISH: dict[str, Callable[[], Any]] = {
    "text": lambda: (
        "<p>¿Quién cuida la esquina donde cruzan los niños? <strong>Usted, si quiere.</strong> Son veinte minutos, dos "
        "veces por semana.</p><h3>Qué llevar</h3>"
        "<ol><li>Zapatos cómodos</li><li>Un silbato; nosotros lo damos</li></ol>"
    ),
    "heading": lambda: "¿Qué cambia en los primeros noventa días?",
    "image": lambda: {
        "image": picture("Una calle con árboles y una parada de autobús"),
        "caption": "La esquina de Roble y Tercera, tal como la dejó la cuadrilla en marzo.",
    },
    "quote": lambda: {
        "words": "Antes nadie sabía quién vivía al lado. Ahora hay una lista con teléfonos pegada en cada puerta.",
        "who": "Don Aurelio",
        "role": "Capitán de cuadra en Laredo, Texas",
    },
    "call_to_action": lambda: {
        "title": "Su alcalde puede firmar esta semana",
        "text": "Le enviamos un resumen de dos páginas en español.",
        "links": [
            {"text": "Pedir el resumen", "address": "/contact/"},
            {"text": "Ver quién firmó", "address": "/cities/"},
        ],
    },
    "cards": lambda: {
        "cards": [
            {"title": "Acompañar a la escuela", "text": "Veinte minutos, dos veces por semana.", "pictogram": "people"},
            {
                "title": "Probar el agua",
                "text": "Le damos el equipo y leemos el resultado juntos.",
                "pictogram": "drop",
            },
        ]
    },
    "accordion": lambda: {
        "answers": [
            {
                "question": "¿Puedo llevar a mis hijos?",
                "answer": prose("Sí, donde el turno lo dice. Hasta los 12 años, con usted."),
            },
            {
                "question": "¿Hace falta hablar inglés?",
                "answer": prose("No. En cada sitio hay alguien que habla español."),
            },
        ]
    },
    "steps": lambda: {
        "steps": [
            {
                "title": "Nombre a la persona que responde",
                "who": "Alcaldía",
                "duration": "Un día",
                "text": prose("Un nombre, un escritorio y diez horas por semana."),
            }
        ]
    },
    "checklist": lambda: {
        "title": "Antes de salir",
        "lines": ["Lista de firmas y dos plumas", "Guantes en tres tallas"],
    },
    "table": lambda: table(
        "Lo que vive después de dos veranos",
        [("text", "Árbol"), ("number", "Plantados"), ("number", "Vivos")],
        [["Olmo de corteza suave", 1251, 1249], ["Árbol de Júpiter", 64, 58]],
        source="Contado por la cuadrilla en octubre",
    ),
    "feature": lambda: {
        "title": "Laredo revisa los techos en abril",
        "text": prose("Cada equipo visita cuatro casas y deja una hoja con fotos."),
        "flag_city": "Laredo",
        "flag_state": "TX",
    },
    "film": lambda: {
        "title": "Una cuadra se prepara para la crecida",
        "address": "https://vimeo.com/76979871",
        "length": "4 minutos",
        "description": "Vecinos llenan sacos de arena y tocan las seis puertas donde alguien vive solo.",
        "transcript": prose("“El río no lee el pronóstico.”"),
    },
    "downloads": lambda: {
        "files": [
            {
                "document": ExampleDocument("Guía de bolsillo del líder", "pdf", 2_254_438, 14, "es"),
                "text": "Para el día del turno.",
            }
        ]
    },
    "notice": lambda: {
        "kind": "info",
        "title": "La biblioteca cierra temprano el jueves",
        "text": prose("Recoja su equipo antes de las cuatro."),
    },
}
