"""An empty Streamlit page with one chart: the least that a page of Streamlit's takes to show one."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=[2022, 2023, 2024, 2025], y=[2.1, 2.4, 2.6, 2.8])), key="chart")
