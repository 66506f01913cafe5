import { useEffect, useState } from 'preact/hooks';
import { api, ApiError } from '../api/client.js';
import type { Brand } from '../api/making-types.js';
import { useResource } from '../api/use-resource.js';
import { useTitle } from '../router.js';
import { tenantOf, useSession } from '../session/session.js';
import { notify } from '../ui/notice.js';
import { Trouble } from '../ui/states.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';
import { BrandSample } from './brand-sample.js';
import { ColourField } from './colour-field.js';
import { FacePicker } from './face-picker.js';
import { LogoField } from './logo-field.js';

type Text = 'name' | 'handle' | 'phone' | 'address' | 'hours';
const TEXTS: Text[] = ['name', 'handle', 'phone', 'address', 'hours'];
const LONGEST: Record<Text, number> = { name: 60, handle: 100, phone: 40, address: 100, hours: 80 };

/** Who the shop is, on every picture and in every post. */
export function BrandPage() {
  const words = useWords();
  const session = useSession();
  const tenantId = tenantOf(session);
  useTitle(words.brand.heading);
  const { data, error, refresh } = useResource(`brand ${tenantId}`, (signal) => brandOf(tenantId, signal));
  const [brand, setBrand] = useState<Brand>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (data) setBrand((now) => now ?? data);
  }, [data]);
  if (!brand) return error ? <Trouble error={error} onRetry={refresh} /> : <p class="quiet">{words.loading}</p>;
  const set = (part: Partial<Brand>): void => setBrand({ ...brand, ...part });

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const { name, colour, secondColour, handle, phone, address, hours, face } = brand;
    const wanted = { name, colour, secondColour, handle, phone, address, hours, face };
    try {
      const { observed } = await api.saveBrand(tenantId, wanted);
      if (observed) setBrand(observed);
      notify(words.brand.saved);
    } catch (problem) {
      notify(words.mend.failed(refusalWords((problem as Error).message, words)), true);
    }
    setBusy(false);
  };

  return (
    <form class="brand-page" onSubmit={(event) => void save(event)}>
      <div class="page-head">
        <div>
          <h1>{words.brand.heading}</h1>
          <p class="quiet">{words.brand.lead}</p>
        </div>
      </div>
      <div class="create-columns">
        <fieldset class="form" disabled={!session.mayOperate}>
          {TEXTS.map((field) => (
            <label key={field} class="field">
              {words.brand[field]}
              <input
                type="text"
                name={field}
                lang="ko"
                maxLength={LONGEST[field]}
                placeholder={words.brand.hints[field]}
                value={brand[field] ?? ''}
                onInput={({ currentTarget: { value } }) => set({ [field]: value.trim() === '' ? null : value })}
              />
            </label>
          ))}
          <LogoField logoUrl={brand.logoUrl} tenantId={tenantId} onSaved={(logoUrl) => set({ logoUrl })} />
          <ColourField label={words.brand.colour} colour={brand.colour} onColour={(colour) => set({ colour })} />
          <ColourField
            label={words.brand.secondColour}
            colour={brand.secondColour}
            onColour={(secondColour) => set({ secondColour })}
          />
          <FacePicker face={brand.face} onFace={(face) => set({ face })} />
          {session.mayOperate && (
            <button type="submit" class="button primary large" disabled={isBusy}>
              {words.brand.save}
            </button>
          )}
        </fieldset>
        <BrandSample brand={brand} />
      </div>
    </form>
  );
}

/** A shop that has said nothing yet has none: the form is empty. */
const brandOf = (tenantId: string, signal: AbortSignal): Promise<Brand> =>
  api.brand(tenantId, signal).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return { ...NOTHING_SAID, tenantId };
    throw error;
  });

const NOTHING_SAID = {
  name: null,
  logoUrl: null,
  colour: null,
  secondColour: null,
  handle: null,
  phone: null,
  address: null,
  hours: null,
  face: null,
};
