import { useState } from 'preact/hooks';
import { thumbnailUrl } from '../api/client.js';
import type { JobDetail, VariantDetail } from '../api/types.js';
import { Dialog } from '../ui/dialog.js';
import { useWords } from '../words/index.js';
import { Downloads } from './ad-actions.js';
import { Compare } from './compare.js';
import { LayerView } from './layer-view.js';
import { ScoreList } from './scores.js';

const VIEWS = ['finished', 'compare', 'layers'] as const;

/** An advertisement in full: alone, against the photo it came from, or with what the stages saw on it. */
export function Viewer({ job, variant, onClose }: { job: JobDetail; variant: VariantDetail; onClose(): void }) {
  const words = useWords();
  const [view, setView] = useState<(typeof VIEWS)[number]>('finished');
  const { finished, generated, original } = variant.pictures;
  const picture = finished ?? generated ?? '';
  const before = original ?? job.inputs.photoUrl;
  const alt = words.job.adAlt(variant.ordinal, variant.overlayText ?? '');
  return (
    <Dialog title={words.job.ad(variant.ordinal)} onClose={onClose} wide>
      <div class="tabs" role="group" aria-label={words.job.enlarge}>
        {VIEWS.filter((name) => name !== 'compare' || before).map((name) => (
          <button key={name} type="button" class="tab" aria-pressed={view === name} onClick={() => setView(name)}>
            {words.viewer[name]}
          </button>
        ))}
      </div>
      <div class={`viewer format-${variant.format}`}>
        {view === 'finished' && (
          <div class="viewer-picture">
            <img src={picture} alt={alt} width="1080" height="1080" />
          </div>
        )}
        {view === 'compare' && before && <Compare before={thumbnailUrl(before, 720)} after={picture} alt={alt} />}
        {view === 'layers' && <LayerView variant={variant} fallback={picture} />}
        <div class="viewer-side">
          <ScoreList scores={variant.scores} />
          <div class="actions">
            <Downloads variant={variant} />
          </div>
        </div>
      </div>
    </Dialog>
  );
}
