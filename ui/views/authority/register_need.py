import streamlit as st
st.html("<h1>todo</h1>")
