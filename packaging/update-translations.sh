#!/bin/sh
# Brings the translations up to date with the texts of the sources: new ones come in unfinished, those that
# are gone go. Then translate what is unfinished, in Qt Linguist or by hand.
set -eu
cd "$(dirname "$0")/.."
lupdate=/usr/lib/qt6/bin/lupdate # the one in the PATH may be Qt 5's
[ -x "$lupdate" ] || lupdate=$(command -v lupdate)
"$lupdate" -silent -no-obsolete -locations none ui app -ts resources/translations/espalier_de.ts
# English texts are in the sources; only their plurals are not.
"$lupdate" -silent -no-obsolete -locations none -pluralonly ui app -ts resources/translations/espalier_en.ts
grep -c 'type="unfinished"' resources/translations/espalier_*.ts || true
