"""The roster (花名册): from an .xlsx file to a report that somebody can confirm.

workbook → columns → rows → comparison. Nothing here writes; `actions.roster` does.
"""
