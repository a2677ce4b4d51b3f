"""What was tried in simulations, by the names that they are kept under, and what each is called on the page."""

from __future__ import annotations

from analytics.words.language import N_

# What was tried, by the names that the simulations keep it under.
INTERVALS = {
    "interval_mean": N_("A criterion's mean"),
    "interval_share": N_("A criterion's share at the goal"),
    "interval_staff_mean": N_("This staff, this year: mean"),
    "interval_staff_share": N_("This staff, this year: share"),
    "interval_area": N_("An area's mean"),
    "interval_area_by_counts": N_("An area's mean, from counts and their people's correlation"),
    "interval_area_by_counts_assumed": N_("An area's mean, from counts alone"),
    "interval_whole": N_("The mean of all areas"),
    "interval_whole_by_counts": N_("The mean of all areas, from counts and their people's correlation"),
    "interval_whole_by_counts_assumed": N_("The mean of all areas, from counts alone"),
    "interval_city_schools": N_("The city: mean of schools"),
    "interval_city_answers": N_("The city: mean of answers"),
    "interval_between": N_("The standard deviation between schools"),
    "interval_place": N_("A school's place"),
}
FEW_CELLS = {"interval_few": N_("A criterion's mean")}
CHANGES = {
    "change_school_false": N_("Nothing has moved in a school: anything is said to have"),
    "change_some_false": N_("Some criteria have moved: false ones among the claims"),
    "change_city_false": N_("Nothing has moved in the city: anything is said to have"),
    "side_false": N_("All schools alike: a school clearly above or below the city"),
    "side_wrong": N_("Schools differ: false ones among those clearly above or below"),
    "divided_false": N_("One camp: a staff called divided"),
}
CLAIMS = {
    "change_still_false": N_("Schools that stand still: anything is said to have changed"),
    "change_claims_among": N_("Schools of which something is said: it is false"),
    "change_claims_found": N_("Schools that have risen: something is said to have"),
    "change_list_false": N_("The city's list of schools that have clearly moved: false, on average over lists"),
    "change_list_among": N_("The city's list: false of all that were ever named"),
    "change_list_found": N_("The city's list: schools that have risen are in it"),
}
TRENDS = {
    "pace_whole": N_("A school's pace, all areas"),
    "pace_area": N_("A school's pace on an area"),
    "pace_criterion": N_("A school's pace on a criterion"),
    "pace_beside": N_("How much faster than the city's a school's pace is"),
    "pace_city": N_("The city's pace, of which nothing is promised"),
    "pace_direction": N_("Directions at least 80% sure: those that are right"),
    "trend_next": N_("Squared error of the next round, to the last value's"),
}
READINESS = {  # of each verdict
    "there": N_("{verdict}: truly at the goal"),
    "there_assumed": N_("{verdict}: truly at the goal, from counts alone"),
    "readiness": N_("{verdict}: a new round meets the goal"),
    "readiness_counts": N_("{verdict}: a new round meets the goal, from counts and their people's correlation"),
    "readiness_assumed": N_("{verdict}: a new round meets the goal, from counts alone"),
}
NOT_YET_THOUGH_THERE = {
    "there_told_not_yet": N_("Truly at the goal: told “not yet”"),
    "there_assumed_told_not_yet": N_("Truly at the goal: told “not yet”, from counts alone"),
    "there_if_resampled_told_not_yet": N_("Truly at the goal: a new round would seldom show it"),
}
CASE = {  # the kinds of world that were made up
    "0% change": N_("no school changes"),
    "25% change": N_("one school in four rises"),
    "50% change": N_("half of the schools rise"),
    "100% change": N_("all schools rise"),
    "demo": N_("schools spread as in the demo data"),
    "few ordinary": N_("ordinary schools, where it holds least often"),
    "few skewed": N_("schools where most answer alike, where it holds least often"),
    "few camps": N_("schools of two camps, where it holds least often"),
    "hardly differ": N_("schools that hardly differ"),
    "50% answer": N_("half of the staff answer"),
    "75% answer": N_("three in four answer"),
    "90% answer": N_("nine in ten answer"),
    "alike": N_("all at the city's mean"),
    "alike at 1.3": N_("all at the bottom of the scale"),
    "alike at 3.6": N_("all high on the scale"),
    "alike at 3.8": N_("all at the top of the scale"),
    "alike in camps": N_("all of two camps, at the city's mean"),
    "camps among others": N_("a school of two camps in a city that agrees"),
    "75 schools": N_("75 schools"),
    "10 schools": N_("ten schools"),
    "5 schools": N_("five schools"),
    "3 schools": N_("three schools"),
    "1.3": N_("at the bottom of the scale"),
    "two camps": N_("two camps in every school"),
    "3.5": N_("high on the scale"),
    "3.8": N_("at the top of the scale"),
    "normal drift, 6 moves": N_("schools drift evenly, six moves known"),
    "normal drift, 3 moves": N_("schools drift evenly, three moves known"),
    "normal drift, 1 moves": N_("schools drift evenly, one move known"),
    "flat": N_("levels spread evenly"),
    "heavy drift, 6 moves": N_("a few schools leap, six moves known"),
    "still, 4 rounds": N_("nothing else moves, four rounds"),
    "passing moves, 3 rounds": N_("moves that pass, three rounds"),
    "passing moves, 4 rounds": N_("moves that pass, four rounds"),
    "passing moves, 8 rounds": N_("moves that pass, eight rounds"),
    "lasting moves, 4 rounds": N_("moves that last, four rounds"),
    "lasting moves, 8 rounds": N_("moves that last, eight rounds"),
    "heavy drift, 3 moves": N_("a few schools leap, three moves known"),
}
SIZE = {  # in the order that they are shown in, after numbers
    "9 to 10": N_("9, then 10 answers"),
    "19 to 20": N_("19, then 20 answers"),
    "8 to 30": N_("8, then 30 answers"),
    "few": N_("5 answers in every school"),
    "small": N_("Small schools"),
    "mostly 8": N_("8 answers, but for five schools of 30"),
    "mixed": N_("Mixed sizes"),
    "large": N_("Large schools"),
}
READINESS_CASES = "demo", "1.3", "3.8", "two camps"  # that the page shows
