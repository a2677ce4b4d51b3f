"""What roles are called, and what is said of what has been done."""

from __future__ import annotations

from analytics.model.people import Audience, Did, OtherSchools, ViewerRole
from analytics.words.language import N_

VIEWER_ROLE = {
    ViewerRole.MANAGEMENT: N_("Management: every school"),
    ViewerRole.SCHOOL: N_("School: its own figures and dialogue"),
    ViewerRole.FUNDS: N_("EU funds: projects and the yearly report"),
    ViewerRole.DATA: N_("Data: loads and checks what is shown"),
    ViewerRole.ADMIN: N_("Administrator: who may do what"),
}
AUDIENCE = {
    Audience.MANAGEMENT: N_("Management alone"),
    Audience.PRINCIPALS: N_("Management and principals"),
    Audience.ALL: N_("All who may see figures"),
}
OTHER_SCHOOLS = {
    OtherSchools.NOTHING: N_("Schools are told nothing of each other"),
    OtherSchools.DOTS: N_("Schools see where the others lie, not which is which"),
    OtherSchools.NAMES: N_("Schools see each other's figures by name"),
}
DID = {
    Did.SIGNED_IN: N_("signed in"),
    Did.SIGNED_OUT: N_("signed out"),
    Did.REFUSED: N_("was refused"),
    Did.VERSION_MADE: N_("made a version"),
    Did.VERSION_CHOSEN: N_("went to another version"),
    Did.VERSIONS_PURGED: N_("took versions away for good"),
    Did.ANSWERS_DISPOSED: N_("took answers away for good"),
    Did.DRAFTS_DISPOSED: N_("took old drafts away for good"),
    Did.VERSIONS_TIDIED: N_("took old versions away"),
    Did.DOWNLOADED: N_("took a file"),
    Did.EXPORTED: N_("exported a file"),
    Did.BACKED_UP: N_("took a backup"),
    Did.RESTORED: N_("put a backup back"),
    Did.MOVED: N_("moved the store"),
    Did.ROLE_GIVEN: N_("gave a role"),
    Did.ROLE_TAKEN: N_("took a role away"),
    Did.RELEASED: N_("released a round"),
    Did.OPENNESS_SET: N_("changed what is shown to whom"),
    Did.SENDER_SET: N_("changed what the yearly report says of its sender"),
}
