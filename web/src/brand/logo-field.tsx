import { api } from '../api/client.js';
import { Chooser } from '../create/photo-field.js';
import { photoKindOf } from '../create/photo-kind.js';
import { notify } from '../ui/notice.js';
import { Picture } from '../ui/picture.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';

/** The shop's sign: a PNG, with transparency where it is not a rectangle. Kept at once, as a photo would be. */
export function LogoField({
  logoUrl,
  tenantId,
  onSaved,
}: {
  logoUrl: string | null;
  tenantId: string;
  onSaved(logoUrl: string | null): void;
}) {
  const words = useWords();
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if ((await photoKindOf(file)) !== 'png') return notify(words.brand.logoKind, true);
    await api.saveLogo(tenantId, file).then(
      ({ observed }) => {
        onSaved(observed?.logoUrl ?? null);
        notify(words.brand.saved);
      },
      (error: Error) => notify(words.mend.failed(refusalWords(error.message, words)), true),
    );
  };
  return (
    <div class="field">
      <span>{words.brand.logo}</span>
      <div class="actions">
        {logoUrl && (
          <span class="logo">
            <Picture src={logoUrl} alt={words.brand.logo} />
          </span>
        )}
        <Chooser label={logoUrl ? words.brand.otherLogo : words.brand.chooseLogo} onFile={take} accept="image/png" />
      </div>
      <small>{words.brand.logoHint}</small>
    </div>
  );
}
