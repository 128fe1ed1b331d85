#!/usr/bin/env bash
# Makes the pictures of this folder: documents of the sample organisation, with a justification of 400 words and
# Greek and Czech names in them, converted by LibreOffice (DOCX, XLSX) and poppler.
# Needs Debian's libreoffice-writer, libreoffice-calc, poppler-utils and imagemagick.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
stele="$here/../../bin/stele"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$stele" --data "$work/data" demo >/dev/null
"$stele" --data "$work/data" apply -f "$here/long-justification.yaml" >/dev/null
mkdir "$work/made"
for format in pdf docx xlsx html; do
    "$stele" --data "$work/data" soa -o $format --file "$work/made/statement-of-applicability.$format"
    "$stele" --data "$work/data" report risk-treatment-plan -o $format --file "$work/made/risk-treatment-plan.$format"
    "$stele" --data "$work/data" report risk-assessment -o $format --file "$work/made/risk-assessment.$format"
done

mkdir "$work/office"
for format in docx xlsx; do
    mkdir "$work/office/$format"
    soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work/office/$format" "$work"/made/*.$format >/dev/null 2>&1
done

# page FILE PAGE NAME: one page as a picture
page() { pdftoppm -r 70 -png -singlefile -f "$2" -l "$2" "$1" "$work/$3"; }
# pages NAME FILE PAGE...: several pages beside each other, as one picture of this folder
pages() {
    local name=$1 file=$2 list=()
    shift 2
    for p in "$@"; do page "$file" "$p" "$name-$p"; list+=("$work/$name-$p.png"); done
    montage "${list[@]}" -tile "$(( ${#list[@]} > 3 ? 2 : ${#list[@]} ))x" -geometry +8+8 -background '#d0d5dd' -colors 128 "PNG8:$here/$name.png"
}

# The page of the PDF where the long justification stands.
long=4
until pdftotext -f "$long" -l "$long" "$work/made/statement-of-applicability.pdf" - | tr '\n' ' ' | grep -q 'Ελένη'; do long=$((long + 1)); done
for document in statement-of-applicability risk-treatment-plan risk-assessment; do
    last=4
    [ $document = statement-of-applicability ] && last=$long
    pages "$document-pdf" "$work/made/$document.pdf" 1 3 4 "$((last > 4 ? last : 5))"
    pages "$document-docx" "$work/office/docx/$document.pdf" 1 3 4 5
    pages "$document-xlsx" "$work/office/xlsx/$document.pdf" 1 2 3 4
done

page "$work/made/statement-of-applicability.pdf" 4 overview-1
page "$work/made/risk-treatment-plan.pdf" 4 overview-2
page "$work/made/risk-assessment.pdf" 4 overview-3
page "$work/made/risk-assessment.pdf" 5 overview-4
montage "$work"/overview-{1,2,3,4}.png -tile 2x -geometry +10+10 -background '#d0d5dd' -colors 128 "PNG8:$here/overview.png"
ls -la "$here"
