"""The wiki's words for roles, and the role ids they stand for."""

import re
from collections.abc import Mapping
from typing import Final

_PHRASES: Final = {
    "director": "Director|Movie Director|Film Director|Directed By",
    "chief-director": "Chief Director|General Director",
    "co-director": "Co-Director|Co Director",
    "series-director": "Series Director",
    "assistant-director": "Assistant Director",
    "episode-director": "Episode Director|Unit Director",
    "action-director": "Action Director",
    "technical-director": "Technical Director",
    "creative-director": "Creative Director",
    "supervisor": "Supervisor",
    "writing": "Writing",
    "original-creator": (
        "Creator|Original Creator|Original Work|Original Story|Original Manga|Original Author"
        "|Original Writer|Manga Creator|Mangaka"
    ),
    "author": "Author|Novelist",
    "original-concept": "Original Concept",
    "story": "Story",
    "screenwriter": (
        "Writer|Screenwriter|Script Writer|Scriptwriter|Screenplay|Script|Screenplay Writer"
        "|Episode Writer"
    ),
    "scenario-writer": "Scenario|Scenario Writer",
    "series-composer": "Series Composition|Series Composer|Head Writer|Chief Writer",
    "translator": "Translator|Translation",
    "storyboard-artist": "Storyboard|Storyboards|Storyboard Artist|Storyboarder",
    "score-composer": (
        "Music|Composer|Music Composer|Original Music|Original Score|Score|Score Composer"
        "|Soundtrack"
    ),
    "music-director": "Music Director|Musical Director",
    "music-producer": "Music Producer",
    "music-production": "Music Production",
    "theme-song-composer": "Theme Song Composer|Theme Song Composition|Theme Composer",
    "insert-song-composer": "Insert Song Composer|Insert Song Composition",
    "lyricist": "Lyrics|Lyricist",
    "theme-song-lyricist": "Theme Song Lyrics|Theme Song Lyricist",
    "insert-song-lyricist": "Insert Song Lyrics|Insert Song Lyricist",
    "arranger": "Arranger|Arrangement|Music Arranger|Music Arrangement",
    "theme-song-arranger": "Theme Song Arranger|Theme Song Arrangement",
    "insert-song-arranger": "Insert Song Arranger|Insert Song Arrangement",
    "performer": "Performer|Music Performer",
    "instrumentalist": "Musician|Instrumentalist",
    "vocalist": "Vocalist|Vocals|Singer",
    "theme-song-performer": (
        "Theme Song Performer|Theme Song Performance|Theme Song|Opening Theme|Ending Theme"
    ),
    "insert-song-performer": "Insert Song Performer|Insert Song Performance|Insert Song",
    "design": "Designer",
    "character-designer": (
        "Character Artist/Designer|Character Designer|Character Design|Character Designs"
        "|Character Artist"
    ),
    "original-character-designer": "Original Character Designer|Original Character Design",
    "mechanical-designer": (
        "Mechanical Designer|Mechanical Design|Mecha Designer|Mecha Design"
        "|Mechanical Artist/Designer|Mecha Artist/Designer"
    ),
    "monster-designer": "Monster Designer",
    "creature-designer": "Creature Designer",
    "prop-designer": "Prop Designer|Prop Design",
    "costume-designer": "Costume Designer|Costume Design",
    "concept-artist": "Concept Artist",
    "concept-designer": "Concept Designer|Conceptual Designer",
    "setting-designer": "Setting Designer|Background Artist/Designer",
    "animation": "Animator|Animation",
    "animation-director": "Animation Director",
    "chief-animation-director": "Chief Animation Director",
    "mechanical-animation-director": "Mechanical Animation Director",
    "assistant-animation-director": "Assistant Animation Director",
    "animation-supervisor": "Animation Supervisor|Supervising Animator",
    "director-of-animation": "Director of Animation",
    "layout-artist": "Layout|Layout Artist",
    "key-animator": "Key Animator|Key Animation",
    "main-animator": "Main Animator|Lead Animator",
    "second-key-animator": (
        "2nd Key Animator|2nd Key Animation|Second Key Animator|Second Key Animation"
    ),
    "in-between-animator": (
        "In-Between Animator|In-between Animator|Inbetween Animator|In-Between Animation"
    ),
    "computer-graphics": "CG Animator|CG Artist|Computer Graphics|CGI",
    "cg-director": "CG Director",
    "3d-animator": "3D Animator",
    "art-director": "Art Director|Art Direction",
    "background-artist": "Background Artist|Background Art|Backgrounds",
    "illustrator": "Illustrator|Illustration",
    "manga-artist": "Manga Artist|Comic Artist",
    "cover-artist": "Cover Artist",
    "poster-artist": "Poster Artist",
    "color-designer": "Color Designer|Color Design|Color Coordinator|Colour Designer",
    "photography": "Photography|Cinematography",
    "director-of-photography": (
        "Director of Photography|Director Of Photography|Photography Director|Cinematographer"
    ),
    "visual-effects": "Visual Effects",
    "special-effects": "Special Effects",
    "producer": "Producer",
    "executive-producer": "Executive Producer",
    "chief-producer": "Chief Producer",
    "co-producer": "Co-Producer|Co Producer",
    "associate-producer": "Associate Producer",
    "supervising-producer": "Supervising Producer",
    "animation-producer": "Animation Producer",
    "line-producer": "Line Producer",
    "assistant-producer": "Assistant Producer",
    "sound-producer": "Sound Producer",
    "production": "Production",
    "production-company": "Production Company|Production Committee",
    "production-studio": "Production Studio",
    "animation-studio": "Animation Studio|Animation Production|Studio",
    "planning": "Planning|Planner",
    "production-manager": "Production Manager",
    "production-coordinator": "Production Coordinator",
    "production-assistant": "Production Assistant",
    "casting-director": "Casting Director",
    "editor": "Editor|Editing|Film Editor",
    "sound": "Sound",
    "sound-director": "Sound Director|Audio Director",
    "voice-director": "Voice Director|ADR Director",
    "sound-effects": "Sound Effects|Sound Designer|Sound Design",
    "recording": "Recording|Recording Engineer",
    "recording-studio": "Recording Studio",
    "mixing": "Sound Mixer|Mixing",
    "publisher": "Publisher",
    "distributor": "Distributor|Licensor|Distribution",
    "voice-actor": "Voice Actor|Voice Actress|Voice Actor/Actress|Voice|Seiyuu|Seiyu",
    "actor": "Actor|Actress|Actor/Actress",
    "narrator": "Narrator|Narration",
}

ROLES: Final[Mapping[str, str]] = {
    phrase: role for role, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
"""A credit line is "<name> <phrase> <biography>"; phrases are written like this, case and all."""

MODIFIER: Final = re.compile(
    "Assistant|Associate|Chief|Co|Deputy|Episode|First|Head|Junior|Lead|Main|Second|Senior|Sub"
    "|Supervising|Technical|Unit|2nd|3D|CG"
)
"""A word that, before a phrase, makes it another role: one that the table lacks."""
