#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18): a 16-bit PNG with an embedded sRGB profile, read as raw pixels.
#
# Expected: `sharp(png).toColourspace('srgb').raw()` gives the colour that the file holds: (220, 30, 20).
# Seen:     pixels with 16 bits and a profile are carried in Display P3 and come out of `raw()` in it, up to twenty steps
#           off; the same picture with 8 bits is right. `withIccProfile('srgb', { attach: false })` brings them back.
#
# Exits 0 while this is so and 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5
cat > look.mjs <<'JS'
import sharp from 'sharp';

const red = { create: { width: 8, height: 8, channels: 3, background: { r: 220, g: 30, b: 20 } } };
const eight = await sharp(red).withIccProfile('srgb').png().toBuffer();
const sixteen = await sharp(red).toColourspace('rgb16').withIccProfile('srgb').png().toBuffer();
const { depth } = await sharp(sixteen).metadata();
const first = async (pipeline) => [...(await pipeline.removeAlpha().raw().toBuffer()).subarray(0, 3)];
const plain = await first(sharp(eight).toColourspace('srgb'));
const deep = await first(sharp(sixteen).toColourspace('srgb'));
const mended = await first(sharp(sixteen).withIccProfile('srgb', { attach: false }));
console.log(`sharp 0.35.5: 8 bits ${plain}, 16 bits (${depth}) ${deep}, 16 bits asked for in sRGB ${mended}`);
const off = (colour) => Math.max(...colour.map((value, i) => Math.abs(value - [220, 30, 20][i])));
process.exit(depth === 'ushort' && off(plain) <= 2 && off(deep) > 8 && off(mended) <= 2 ? 0 : 1);
JS
node look.mjs
