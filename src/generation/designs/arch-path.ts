/** A doorway: round above as far as its height allows, corners of the given radius below. */
export function archPath(x: number, y: number, width: number, height: number, foot: number, paint: string): string {
  const radius = Math.min(width / 2, height * 0.62);
  return (
    `<path d="M${x} ${y + radius}A${radius} ${radius} 0 0 1 ${x + radius} ${y}H${x + width - radius}A${radius} ${radius} 0 0 1 ${x + width} ${y + radius}V${y + height - foot}` +
    `Q${x + width} ${y + height} ${x + width - foot} ${y + height}H${x + foot}Q${x} ${y + height} ${x} ${y + height - foot}Z" ${paint}/>`
  );
}
