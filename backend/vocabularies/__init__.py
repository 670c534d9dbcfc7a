"""The closed word lists (themes, beneficiaries, price bands...)."""
