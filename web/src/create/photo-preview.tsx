import { useEffect, useState } from 'preact/hooks';
import type { Area } from '../api/types.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';
import type { Point } from './photo-field.js';
import { PhotoTarget } from './photo-target.js';

interface Parts {
  photo: File;
  dish?: Area | undefined;
  hint: Point | undefined;
  onHint(hint: Point): void;
}

/** The photo, to be pressed where the dish is; its name for one that this browser cannot show (HEIC in most). */
export function PhotoPreview({ photo, dish, hint, onHint }: Parts) {
  const words = useWords();
  const [url, setUrl] = useState<string>();
  const [isUnseen, setUnseen] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setUrl(made);
    setUnseen(false);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  if (isUnseen)
    return (
      <div class="drop-empty unseen">
        <Icon name="photo" />
        <p class="drop-title">{photo.name}</p>
        <p class="quiet">{words.create.unseen}</p>
      </div>
    );
  return <PhotoTarget src={url} dish={dish} hint={hint} onHint={onHint} onError={() => setUnseen(true)} />;
}
