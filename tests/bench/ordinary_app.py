"""The app that most people would write first: Streamlit, pandas and Plotly Express, cached as the tutorials show.

The same amount of data (75 schools, 4 years, 25 criteria, 55 staff) and four views of one school. tests/bench/beside.py
measures it beside ours; by itself: `streamlit run tests/bench/ordinary_app.py --runner.postScriptGC true`.
"""

import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

st.set_page_config(layout="wide")


@st.cache_data
def answers() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    grid = pd.MultiIndex.from_product(
        [range(75), range(2022, 2026), range(25), range(55)], names=["school", "year", "criterion", "respondent"]
    ).to_frame(index=False)
    base = 2.2 + 0.2 * (grid.year - 2022) + 0.01 * (grid.school % 30) - 0.02 * grid.criterion
    grid["level"] = np.clip(np.rint(base + rng.normal(0, 0.8, len(grid))), 1, 4).astype(int)
    return grid


@st.cache_data
def results() -> pd.DataFrame:
    grouped = answers().groupby(["school", "year", "criterion"])["level"]
    return grouped.agg(mean="mean", n="count", share=lambda s: (s >= 3).mean()).reset_index()


r = results()
school = st.selectbox("Skola", [f"Skola {i:02d}" for i in range(75)])
number = int(school.split()[1])
mine = r[r.school == number]
city = r.groupby(["year", "criterion"])["mean"].mean().reset_index()

a, b, c = st.columns(3)
a.metric("Medel", round(mine[mine.year == 2025]["mean"].mean(), 2))
b.metric("Staden", round(city[city.year == 2025]["mean"].mean(), 2))
c.metric("Kriterier på nivå 3", int((mine[mine.year == 2025]["mean"] >= 3).sum()))

both = pd.concat(
    [
        mine.groupby("year")["mean"].mean().reset_index().assign(who=school),
        city.groupby("year")["mean"].mean().reset_index().assign(who="Staden"),
    ]
)
st.plotly_chart(px.line(both, x="year", y="mean", color="who", markers=True), key="trend")
st.plotly_chart(px.line(mine, x="year", y="mean", color="criterion"), key="criteria")
st.plotly_chart(px.imshow(mine.pivot(index="criterion", columns="year", values="mean"), zmin=1, zmax=4), key="heat")
st.dataframe(mine)
