#!/usr/bin/env bash
# Gnumeric 1.12.55 and LibreOffice 7.4.7 (Debian's) change the texts of a good
# CSV file when they open it: Gnumeric makes the document number 2026-10 the first
# of October and 3/4 the fourth of March; LibreOffice makes the id
# 9007199254740993 another one; both make the account 0100 100 and 1E5 100000.
#
# They guess what a cell is and keep only the guess. Quotes do not help. XLSX says
# of each cell that it is text.
set -euo pipefail
for program in ssconvert soffice; do command -v $program >/dev/null || { echo "$program is missing: apt-get install gnumeric libreoffice-calc-nogui" >&2; exit 2; }; done
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
printf '%s\n' 'id,number,code' '9007199254740993,"2026-10","0100"' '2,"3/4","1E5"' >given.csv
ssconvert --version 2>&1 | head -1; soffice --version
ssconvert given.csv gnumeric.csv 2>/dev/null
soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to csv --outdir office given.csv >/dev/null 2>&1
gnumeric=$(tail -n +2 gnumeric.csv | tr '\n' ' ') office=$(tail -n +2 office/given.csv | tr '\n' ' ')
echo "Gnumeric: $gnumeric  LibreOffice: $office"
[[ $gnumeric == "9007199254740993,2026/10/01,100 2,$(date +%Y)/03/04,100000 " && $office == '9.00719925474099E+015,2026-10,100 2,3/4,100000 ' ]] ||
  { echo "it has changed: the texts as they were given are what one would expect" >&2; exit 1; }
