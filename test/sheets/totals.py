# What workbooks hold, as JSON by path: the names of the sheets, the first row of
# each, and of totals name, formula and value: totals.py error|ignore PATH...
# What is to become of warnings comes first; Gnumeric's own workbooks have no
# Normal style, and openpyxl warns of that.
import json
import sys
import warnings

import openpyxl

warnings.simplefilter(sys.argv[1])
all = {}
for path in sys.argv[2:]:
    book = {"sheets": [], "columns": {}, "totals": []}
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in values:
        book["sheets"].append(sheet.title)
        book["columns"][sheet.title] = [cell.value for cell in sheet[1]]
    if "Totals" in values:
        for row, value in zip(formulas["Totals"].iter_rows(min_row=2), values["Totals"].iter_rows(min_row=2)):
            book["totals"].append({"name": row[0].value, "formula": str(row[1].value), "value": str(value[1].value)})
    all[path] = book
json.dump(all, sys.stdout)
