import { useId, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { Area, Layers, VariantDetail } from '../api/types.js';
import { useResource } from '../api/use-resource.js';
import { Trouble } from '../ui/states.js';
import { useWords, type Words } from '../words/index.js';

const LAYERS = ['mask', 'forbidden', 'detections', 'proposals', 'textBox'] as const;
type LayerName = (typeof LAYERS)[number];
const SIZE = 1080;
/** The planner proposes many places that lie over each other; beyond these nothing can be told apart. */
const PROPOSALS = 5;

/** The generated picture with what the stages saw on it, one layer at a time or several. */
export function LayerView({ variant, fallback }: { variant: VariantDetail; fallback: string }) {
  const words = useWords();
  // Looked at again when the variant has moved on.
  const { data, error, refresh } = useResource(`${variant.variantId} ${variant.step} ${variant.status}`, (signal) =>
    api.layers(variant.variantId, signal),
  );
  const [shown, setShown] = useState<ReadonlySet<LayerName>>(new Set(['mask', 'textBox']));
  if (!data) return error ? <Trouble error={error} onRetry={refresh} /> : <div class="viewer-picture skeleton" />;
  const toggle = (name: LayerName): void => {
    const next = new Set(shown);
    if (!next.delete(name)) next.add(name);
    setShown(next);
  };
  return (
    <>
      <div class="viewer-picture">
        <Picture layers={data} shown={shown} words={words} url={data.picture?.url ?? fallback} />
      </div>
      <div class="chips" role="group" aria-label={words.viewer.layers}>
        {LAYERS.map((name) => {
          const count = countOf(data, name);
          return (
            <button
              key={name}
              type="button"
              class={`chip layer-${name}`}
              aria-pressed={shown.has(name)}
              disabled={count === 0}
              onClick={() => toggle(name)}
            >
              <span class="swatch" aria-hidden="true" />
              {words.viewer.layer[name]} {count > 1 && words.viewer.count(drawnOf(data, name), count)}
            </button>
          );
        })}
      </div>
    </>
  );
}

const countOf = (layers: Layers, name: LayerName): number => {
  if (name === 'mask') return Number(layers.dishMaskUrl !== null);
  if (name === 'forbidden') return Number(layers.forbiddenMaskUrl !== null);
  if (name === 'textBox') return Number(layers.textBox !== null);
  return layers[name].length;
};

const drawnOf = (layers: Layers, name: LayerName): number =>
  name === 'proposals' ? Math.min(PROPOSALS, layers.proposals.length) : countOf(layers, name);

function Picture({
  layers,
  shown,
  words,
  url,
}: {
  layers: Layers;
  shown: ReadonlySet<LayerName>;
  words: Words;
  url: string;
}) {
  const id = useId();
  const width = layers.picture?.width ?? SIZE;
  const height = layers.picture?.height ?? SIZE;
  const frame = { x: 0, y: 0, width, height };
  const inPixels = ({ x, y, width: w, height: h }: Area) => ({
    x: x * width,
    y: y * height,
    width: w * width,
    height: h * height,
  });
  // A mask's brightness says how much is shown through it. The dish is dark on its mask: all around it is dimmed.
  const mask = (name: string, href: string) => (
    <>
      <mask id={`${id}${name}`}>
        <image href={href} {...frame} />
      </mask>
      <rect {...frame} mask={`url(#${id}${name})`} class={`tint ${name}`} />
    </>
  );
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe(layers, shown, words)}>
      <image href={url} {...frame} />
      {shown.has('mask') && layers.dishMaskUrl && mask('mask', layers.dishMaskUrl)}
      {shown.has('forbidden') && layers.forbiddenMaskUrl && mask('forbidden', layers.forbiddenMaskUrl)}
      {shown.has('proposals') &&
        layers.proposals
          .slice(0, PROPOSALS)
          .map(({ area }, index) => (
            <Box key={index} {...inPixels(area)} kind="proposals" label={index === 0 ? words.viewer.best : ''} />
          ))
          // The best is drawn last, over the others.
          .reverse()}
      {shown.has('detections') &&
        layers.detections.map(({ area, label, score }, index) => (
          <Box
            key={index}
            {...inPixels(area)}
            kind="detections"
            label={[label, score !== null && words.scores.percent(score)].filter(Boolean).join(' ')}
          />
        ))}
      {shown.has('textBox') && layers.textBox && <Box {...inPixels(layers.textBox)} kind="textBox" label="" />}
    </svg>
  );
}

const Box = ({ kind, label, ...area }: Area & { kind: LayerName; label: string }) => (
  <g class={`box ${kind}`}>
    <rect {...area} />
    {label && (
      <text x={area.x + 10} y={area.y + 34}>
        {label}
      </text>
    )}
  </g>
);

const describe = (layers: Layers, shown: ReadonlySet<LayerName>, words: Words): string =>
  [...shown].map((name) => `${words.viewer.layer[name]}: ${countOf(layers, name) || words.viewer.none}`).join(', ') ||
  words.viewer.noLayers;
