import type { SetBadge } from './blocks.js';

/** A badge as SVG. Its text stands on it, so nothing of it is transparent. */
export function badgeSvg({ shape, box, colour }: SetBadge): string {
  const { x, y, width, height } = box;
  const fill = `fill="#${colour}"`;
  switch (shape) {
    case 'pill':
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" ${fill}/>`;
    case 'block':
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height * 0.12}" ${fill}/>`;
    case 'outline':
      return `<rect x="${x + 1.5}" y="${y + 1.5}" width="${width - 3}" height="${height - 3}" rx="${height / 2}" fill="none" stroke="#${colour}" stroke-width="3"/>`;
    case 'line':
      return `<rect x="${x}" y="${y + height * 0.88}" width="${width}" height="${height * 0.09}" ${fill}/>`;
    case 'tag':
      return tag(box, fill);
    case 'circle':
      return `<circle cx="${x + width / 2}" cy="${y + height / 2}" r="${width / 2}" ${fill}/>`;
    case 'burst':
      return burst(box, fill);
    case 'ticket':
      return ticket(box, fill);
  }
}

type BadgeBox = SetBadge['box'];

/** A price tag: cut corners on the left, and its hole. */
function tag({ x, y, width, height }: BadgeBox, fill: string): string {
  const cut = height * 0.34;
  const hole = height * 0.075;
  const outline = `M${x + cut} ${y}H${x + width - height * 0.1}Q${x + width} ${y} ${x + width} ${y + height * 0.1}V${y + height * 0.9}Q${x + width} ${y + height} ${x + width - height * 0.1} ${y + height}H${x + cut}L${x} ${y + height * 0.68}V${y + height * 0.32}Z`;
  const [cx, cy] = [x + height * 0.24, y + height / 2];
  const circle = `M${cx - hole} ${cy}a${hole} ${hole} 0 1 0 ${2 * hole} 0a${hole} ${hole} 0 1 0 ${-2 * hole} 0Z`;
  return `<path d="${outline}${circle}" fill-rule="evenodd" ${fill}/>`;
}

const RAYS = 18;
function burst({ x, y, width, height }: BadgeBox, fill: string): string {
  const [cx, cy, radius] = [x + width / 2, y + height / 2, width / 2];
  const points = Array.from({ length: RAYS * 2 }, (_, index) => {
    const angle = (index * Math.PI) / RAYS;
    const reach = radius * (index % 2 === 0 ? 1 : 0.9);
    return `${(cx + reach * Math.cos(angle)).toFixed(1)},${(cy + reach * Math.sin(angle)).toFixed(1)}`;
  });
  return `<polygon points="${points.join(' ')}" stroke-linejoin="round" ${fill}/>`;
}

/** A coupon with a bite on either side. */
function ticket({ x, y, width, height }: BadgeBox, fill: string): string {
  const bite = height * 0.14;
  const middle = y + height / 2;
  return (
    `<path d="M${x} ${y}H${x + width}V${middle - bite}A${bite} ${bite} 0 0 0 ${x + width} ${middle + bite}V${y + height}` +
    `H${x}V${middle + bite}A${bite} ${bite} 0 0 0 ${x} ${middle - bite}Z" ${fill}/>`
  );
}
