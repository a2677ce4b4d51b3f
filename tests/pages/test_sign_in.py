"""People who sign in, by way of a real provider, to a real server: what each gets, and what they do not."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.exceptions import InvalidStatus

from analytics.model.people import Identity, ViewerRole
from analytics.model.schools import School
from analytics.store.audit import entries, verify
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.roles import give_role, take_role
from pages.ui.door import DOOR
from tests.pages.serving import Answer
from tests.pages.signing import SECRET, SignedIn, SignInServer, signing_in
from tests.pages.test_guard import asked_for
from tests.sampling import sample

MANAGEMENT, SCHOOL, FUNDS, DATA, ADMIN = ViewerRole
NOT_IN = "Logga in för att se sidan."
NOT_THEIRS = "Den här sidan hör inte till dina."
TOO_LONG = "Det är för länge sedan du loggade in."
NO_ROLE = "Du har ingen roll här än."


@pytest.fixture(scope="module")
def city(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInServer]:
    folder = tmp_path_factory.mktemp("city")
    with signing_in(shutil.copytree(few_store, folder / "store"), folder) as server:
        yield server


@pytest.fixture(scope="module")
def schools(few_store: Path) -> tuple[School, ...]:
    """Those that have answers in every round."""
    view = Store(few_store).current()
    latest = view.rows("select school_id from school_round where year = (select max(year) from school_round)")
    return tuple(school for school in read_schools(view) if (school.id,) in latest)


def told(answer: Answer) -> str:
    return "\n".join([*(alert.body for alert in answer.of("alert")), answer.html, answer.title])


def names_in(answer: Answer, schools) -> set[str]:
    return {school.name for school in schools if school.name in told(answer)}


def test_somebody_who_has_not_signed_in_gets_nothing_but_the_way_in(city, schools):
    with city.visited_by(None) as visitor:
        for page in ["", *sorted(DOOR)]:
            answer = visitor.open(page, f"school={schools[0].id}")
            assert NOT_IN in told(answer) and answer.failures == [], page
            assert names_in(answer, schools) == set() and not answer.contents and not answer.pictures, page
            assert not answer.of("selectbox") and not answer.of("download_button"), page


def test_a_cookie_alone_opens_no_websocket(city):
    """Another site's page could have a browser send it; and a script that has only stolen it is stopped too."""
    city.gives("anna", MANAGEMENT)
    anna = city.sign_in("anna")
    without_token = SignedIn(type(anna.client)(cookies=dict(anna.client.cookies)), "")
    del without_token.client.cookies["_streamlit_xsrf"]
    with city.visited_by(without_token) as visitor:
        assert NOT_IN in told(visitor.open("oversikt"))
    with city.visited_by(anna, origin=None) as visitor:  # a program on this machine
        assert NOT_IN in told(visitor.open("oversikt"))
    with pytest.raises(InvalidStatus), city.visited_by(anna, origin="http://evil.example"):
        pytest.fail("it was let in")
    with city.visited_by(anna) as visitor:
        assert NOT_IN not in told(visitor.open("oversikt"))


def test_a_session_is_gone_on_with_by_whose_it_is_alone(city):
    """Its id stands in addresses that proxies write down."""
    city.gives("anna", MANAGEMENT)
    anna, bert = city.sign_in("anna"), city.sign_in("bert")
    with city.visited_by(anna) as visitor:
        session = visitor.open("oversikt").session
    for browser, takes in ((bert, False), (None, False), (anna, True)):
        with city.visited_by(browser, takes_up=session) as visitor:
            answer = visitor.open("oversikt")
            assert (answer.session == session, bool(answer.contents)) == (takes, takes)


@pytest.mark.parametrize("role", ViewerRole)
def test_each_role_gets_its_pages_on_the_server_too(city, schools, role):
    """By day a third of the pages each: tests/pages/test_door.py asks each page for each role."""
    of = (schools[0].id,) if role is SCHOOL else ()
    city.gives(f"one-{role}", role, *of)
    with city.visited_by(city.sign_in(f"one-{role}")) as visitor:
        for page in sample(sorted(set(DOOR) - {"start"}), 3, list(ViewerRole).index(role) % 3):
            answer = visitor.open(page, f"school={schools[0].id}" if page in ("skola", "dialog", "lara") else "")
            assert answer.failures == [], page
            if role in DOOR[page]:
                assert NOT_THEIRS not in told(answer), page
            else:
                assert NOT_THEIRS in told(answer) and not answer.contents and not answer.pictures, page
        answer = visitor.open("")  # of those who do not begin on the start page nothing of it is seen
        assert answer.failures == [] and (role is MANAGEMENT or "kd-doors" not in answer.html)


def test_somebody_without_a_role_is_told_whom_to_ask_and_an_administrator_sees_that_they_did(city):
    with city.visited_by(city.sign_in("stranger")) as visitor:
        answer = visitor.open("oversikt")
        assert NO_ROLE in told(answer) and f"issuer: {city.issuer}" in answer.html and "stranger" in answer.html
        assert not answer.contents
    (asked,) = [one for one in entries(city.store, 500) if one.did == "refused" and one.by == "stranger"]
    assert asked.with_ == {"who": [city.issuer, "stranger"], "page": "oversikt", "known": False}


def test_two_schools_see_their_own_and_not_each_other_s(city, schools):
    first, second = schools[:2]
    city.gives("boss", MANAGEMENT)
    with city.visited_by(city.sign_in("boss")) as visitor:  # the pages of both are kept when the schools come
        for school in (first, second):
            assert names_in(visitor.open("skola", f"school={school.id}"), schools) >= {school.name}
            visitor.open("dialog", f"school={school.id}")
    for own, other in ((first, second), (second, first)):
        city.gives(f"head-{own.id}", SCHOOL, own.id)
        with city.visited_by(city.sign_in(f"head-{own.id}")) as visitor:
            for page in ("skola", "dialog"):
                mine = visitor.open(page, f"school={own.id}")
                assert mine.failures == [] and names_in(mine, schools) == {own.name}, page
                theirs = visitor.open(page, f"school={other.id}")
                assert names_in(theirs, schools) <= {own.name} and not theirs.pictures, page


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(city, schools):
    who = city.gives("fired", MANAGEMENT)
    with city.visited_by(city.sign_in("fired")) as visitor:
        assert visitor.open("skola", f"school={schools[0].id}").pictures
        take_role(city.store, who, MANAGEMENT, "test")
        answer = visitor.open("skola", f"school={schools[0].id}")
        assert NO_ROLE in told(answer) and not answer.contents and not answer.pictures
        city.gives("fired", SCHOOL, schools[1].id)
        assert names_in(visitor.open("skola", f"school={schools[1].id}"), schools) == {schools[1].name}


def as_if_signed_in(city: SignInServer, subject: str, since: float) -> SignedIn:
    """A cookie as the server itself would have made it at another time."""
    browser = city.sign_in(subject)
    claims = {"iss": city.issuer, "sub": subject, "iat": since, "is_logged_in": True, "origin": city.server.url}
    made = create_signed_value(SECRET, "_streamlit_user", json.dumps({**claims, "provider": "default"})).decode()
    browser.client.cookies.delete("_streamlit_user")
    browser.client.cookies.set("_streamlit_user", made)
    return browser


def test_a_sign_in_of_yesterday_is_over(city):
    city.gives("slow", MANAGEMENT)
    for since, over in ((time.time() - 60, False), (time.time() - 24 * 3600, True)):
        with city.visited_by(as_if_signed_in(city, "slow", since)) as visitor:
            assert (TOO_LONG in told(visitor.open("oversikt"))) is over


def test_a_cookie_that_somebody_else_has_made_is_nobody_s(city):
    browser = city.sign_in("boss")
    forged = create_signed_value("another secret", "_streamlit_user", json.dumps({"is_logged_in": True})).decode()
    browser.client.cookies.delete("_streamlit_user")
    browser.client.cookies.set("_streamlit_user", forged)
    with city.visited_by(browser) as visitor:
        assert NOT_IN in told(visitor.open("oversikt"))


def test_the_address_that_was_asked_for_survives(city):
    asked = "/skola?school=agatskolan&year=2024&lang=en"
    assert city.sign_in("anna", asked).landed == asked
    assert city.sign_in("anna").landed == "/"


@pytest.mark.parametrize("came", ["http://evil.example/skola", "//evil.example/", "/å/ä", "/x?y=<b>"])
def test_nobody_is_taken_elsewhere(city, came):
    assert city.sign_in("anna", came, whole=not came.startswith("/x")).landed == "/"


def test_a_drawing_is_given_to_those_who_were_shown_it(city, schools):
    city.gives("anna", MANAGEMENT)
    city.gives("eu-anna", FUNDS)
    anna, bert = city.sign_in("anna"), city.sign_in("eu-anna")
    with city.visited_by(anna) as visitor:
        answer = visitor.open("skolor")
    sent = [json.loads(part.json) for part in answer.of("bidi_component") if '"at"' in part.json]
    assert sent, "a large table is sent as its address"
    at = sent[0]["at"].removeprefix(".")
    assert city.server.get(at, anna.headers)[0] == 200
    assert city.server.get(at, bert.headers)[0] == 404
    assert city.server.get(at)[0] == 404
    who = Identity(city.issuer, "anna")
    take_role(city.store, who, None, "test")
    assert city.server.get(at, anna.headers)[0] == 404, "nor to those who may no longer be here"


def test_who_takes_a_file_is_written_down_and_nobody_takes_one_whose_role_is_gone(city):
    who = city.gives("eva", FUNDS)
    with city.visited_by(city.sign_in("eva")) as visitor:
        page = visitor.open("eu-rapport")
        offered = page.of("download_button")[0].deferred_file_id
        assert asked_for(visitor, page.session, offered).deferred_file.url
        (latest,) = entries(city.store, 1)
        assert (latest.did, latest.by) == ("downloaded", "Eva") and latest.with_["file"].endswith(".docx")
        take_role(city.store, who, None, "test")
        refused = asked_for(visitor, page.session, offered)
        assert refused.error_msg and not refused.deferred_file.url
        assert entries(city.store, 1)[0].did == "role_taken"


def test_a_file_that_is_made_is_not_fetched_by_who_may_no_longer_be_here(city):
    """Though the page is open and the minute is not over."""
    who = city.gives("frida", FUNDS)
    browser = city.sign_in("frida")
    stranger = city.sign_in("stranger")
    with city.visited_by(browser) as visitor:
        page = visitor.open("eu-rapport")
        made = asked_for(visitor, page.session, page.of("download_button")[0].deferred_file_id).deferred_file.url

        def fetched(headers) -> int:
            return city.server.get(made, headers)[0]

        assert fetched(browser.headers) == 200
        assert fetched({}) == fetched(stranger.headers) == 404
        assert city.server.get(made.replace("/media/", "/media/0"), browser.headers)[0] == 404
        take_role(city.store, who, None, "test")
        assert fetched(browser.headers) == 404
        city.gives("frida", FUNDS)
        assert fetched(browser.headers) == 200
        city.gives("frida", DATA)
        take_role(city.store, who, FUNDS, "test")
        assert fetched(browser.headers) == 404, "whatever other role is left"
        city.gives("frida", FUNDS)
        assert fetched(browser.headers) == 200
        httpx.get(f"{city.server.url}/auth/logout", headers=browser.headers)
        assert fetched(browser.headers) == 404, "nor by who has signed out, with a cookie that was kept"


def test_who_goes_out_by_the_address_has_gone_out_everywhere_too_and_it_is_written_down(city):
    city.gives("leaving", MANAGEMENT)
    browser = city.sign_in("leaving")
    with city.visited_by(browser) as other_tab:
        assert NOT_IN not in told(other_tab.open("oversikt"))
        out = f"{city.server.url}/auth/logout"
        assert httpx.get(out, headers={**browser.headers, "Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert TOO_LONG not in told(other_tab.open("oversikt")), "no other site's page sends anybody out"
        for _ in range(2):
            assert httpx.get(out, headers=browser.headers).status_code == 302
        assert TOO_LONG in told(other_tab.open("oversikt"))
    noted = [one for one in entries(city.store, 50) if one.did == "signed_out" and one.by == "Leaving"]
    assert [one.with_["who"] for one in noted] == [[city.issuer, "leaving"]]
    assert httpx.get(out).status_code == 302, "of nobody there is nothing to end"


def test_what_people_did_is_written_down_once_each_and_whole(city):
    assert verify(city.store).broken is None
    signed_in = [one for one in entries(city.store, 2000) if one.did == "signed_in"]
    assert len({json.dumps(one.with_) for one in signed_in}) > 5
    assert not any("school" in json.dumps(one.with_) for one in signed_in)


def test_a_store_with_roles_is_shown_to_nobody_where_nobody_can_sign_in(few_copy, at_store, open_page, schools):
    give_role(few_copy, Identity("https://issuer", "anna"), "Anna", MANAGEMENT, (), "test")
    at_store(few_copy)
    for page in ("", "skola", "oversikt", "behorighet"):
        app = open_page(page, school=schools[0].id)
        assert [info.value for info in app.info if "logga in" in info.value] and not app.get("plotly_chart"), page
    (few_copy / "roles.json").write_text("not what it should be")
    assert [info for info in open_page("oversikt").info if "logga in" in info.value]
