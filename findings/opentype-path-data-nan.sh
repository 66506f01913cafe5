#!/usr/bin/env bash
# opentype.js 2.0.0 with Gowun Batang Bold (@expo-google-fonts/gowun-batang 0.4.1).
#
# Expected: Path.toPathData(1) rounds every coordinate of a text's outline to one decimal place.
# Seen:     a coordinate whose fraction is a tiny rest of floating-point arithmetic (below 1e-6, which JavaScript prints
#           with an exponent) becomes "NaN". SVG renderers stop at such a token without an error, so the text ends in the
#           middle of a syllable. With six decimal places, or by writing path.commands oneself, nothing is lost.
#
# Exits 0 while this is so and 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund opentype.js@2.0.0 @expo-google-fonts/gowun-batang@0.4.1
cat > look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import opentype from 'opentype.js';

const file = readFileSync('node_modules/@expo-google-fonts/gowun-batang/700Bold/GowunBatang_700Bold.ttf');
const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
const path = font.getPath('불맛 가득 제육볶음', 60.123, 200.77, 110);
const numbers = path.commands.flatMap(({ type, ...rest }) => Object.values(rest));
const isWhole = numbers.every((value) => Number.isFinite(value));
const lost = (path.toPathData(1).match(/NaN/g) ?? []).length;
console.log(`opentype.js 2.0.0: ${numbers.length} coordinates, all finite: ${isWhole}; NaN in toPathData(1): ${lost}`);
process.exit(isWhole && lost > 0 ? 0 : 1);
JS
node look.mjs
