import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useResource } from '../api/use-resource.js';
import { navigate, useTitle } from '../router.js';
import { useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';
import { PhotoField, type Point } from './photo-field.js';
import { TonePicker } from './tone-picker.js';

/** Whose jobs these are, where nobody says otherwise; the neighbours' route uses the same. */
const TENANT = 'dashboard';
const DEFAULT_TONE = 'Hero Dish Focus';
const FORMATS = ['square', 'portrait', 'story'] as const;

/** A photo and one press are enough; everything else has a sensible default. */
export function CreatePage() {
  const words = useWords();
  const { mayOperate } = useSession();
  useTitle(words.create.heading);
  const tones = useResource('tones', api.tones);
  const [photo, setPhoto] = useState<File>();
  const [hint, setHint] = useState<Point>();
  const [description, setDescription] = useState('');
  const [shop, setShop] = useState('');
  const [tone, setTone] = useState(DEFAULT_TONE);
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('square');
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState('');
  useEffect(() => {
    setHint(undefined);
    setRefusal('');
  }, [photo]);

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!photo) return setRefusal(words.create.needPhoto);
    setSending(true);
    setRefusal('');
    try {
      const { jobId } = await api.create(
        formOf({
          tenantId: TENANT,
          photos: photo,
          descKor: description.trim(),
          storeName: shop.trim(),
          toneStyle: tone,
          pictureFormat: format,
          subjectHint: hint ? JSON.stringify(hint) : '',
        }),
      );
      navigate(`/jobs/${jobId}`);
    } catch (error) {
      setRefusal(refusalWords((error as Error).message, words));
      setSending(false);
    }
  };

  if (!mayOperate) return <p class="panel">{words.readOnly}</p>;
  return (
    <form class="create" onSubmit={(event) => void send(event)}>
      <div class="page-head">
        <div>
          <h1>{words.create.heading}</h1>
          <p class="quiet">{words.create.lead}</p>
        </div>
      </div>
      <div class="create-columns">
        <PhotoField photo={photo} hint={hint} onPhoto={setPhoto} onHint={setHint} />
        <div class="form">
          <label class="field">
            {words.create.description}
            <textarea
              rows={2}
              maxLength={300}
              placeholder={words.create.descriptionHint}
              value={description}
              onInput={(event) => setDescription(event.currentTarget.value)}
            />
          </label>
          <TonePicker tones={tones.data?.items ?? []} chosen={tone} onChoose={setTone} />
          <details>
            <summary>{words.create.more}</summary>
            <div class="form">
              <label class="field">
                {words.create.shop}
                <input
                  type="text"
                  maxLength={100}
                  value={shop}
                  onInput={(event) => setShop(event.currentTarget.value)}
                />
              </label>
              <fieldset class="field formats">
                <legend>{words.create.format}</legend>
                {FORMATS.map((name) => (
                  <label key={name} class="format">
                    <input type="radio" name="format" checked={format === name} onChange={() => setFormat(name)} />
                    <span class={`format-shape ${name}`} aria-hidden="true" />
                    {words.create.formats[name]}
                    <small>{words.create.formatSize[name]}</small>
                  </label>
                ))}
              </fieldset>
            </div>
          </details>
          <p class="trouble-text" role="alert">
            {refusal}
          </p>
          <button type="submit" class="button primary large" disabled={isSending}>
            {!isSending && <Icon name="plus" />}
            {isSending ? words.create.sending : words.create.submit}
          </button>
        </div>
      </div>
    </form>
  );
}

function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== '') form.append(name, value);
  return form;
}
