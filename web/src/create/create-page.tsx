import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { useResource } from '../api/use-resource.js';
import { navigate, useTitle } from '../router.js';
import { tenantOf, useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { useWords } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';
import { useDraft } from './draft.js';
import { FormatPicker } from './format-picker.js';
import { IdeaCards } from './idea-cards.js';
import { formOf } from './order-form.js';
import { dishIn, PhotoAdviceList, useAdvice } from './photo-advice.js';
import { PhotoField } from './photo-field.js';
import { PostDraft } from './post-draft.js';
import { rememberShop, rememberedShop } from './remembered-shop.js';
import { SentenceField } from './sentence-field.js';
import { TonePicker } from './tone-picker.js';
import { Understood } from './understood.js';
import { useUnderstanding } from './use-understanding.js';

/** A photo and one press are enough; whoever writes a sentence sees what becomes of it before anything is made. */
export function CreatePage() {
  const words = useWords();
  const session = useSession();
  const tenantId = tenantOf(session);
  useTitle(words.create.heading);
  const tones = useResource(`tones ${session.tenantId}`, (signal) => api.tones(session.tenantId, signal));
  const { draft, photo, change, changeRole, setPhoto, markSent, startAfresh } = useDraft();
  const advice = useAdvice(photo);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState('');
  const roles = { ...rememberedShop(tenantId, draft), ...draft.roles };
  const understood = useUnderstanding({ sentence: draft.sentence, roles, tone: draft.tone, tenantId });
  const { answer } = understood;

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!photo) return setRefusal(words.create.needPhoto);
    setSending(true);
    setRefusal('');
    try {
      const meaning = await understood.settle();
      const { jobId } = await api.create(formOf({ tenantId, photo, draft, roles, meaning }));
      rememberShop(tenantId, roles.shop ?? meaning?.brief.shop);
      markSent();
      navigate(`/jobs/${jobId}`);
    } catch (error) {
      setRefusal(refusalWords((error as Error).message, words));
      setSending(false);
    }
  };

  if (!session.mayOperate) return <p class="panel">{words.readOnly}</p>;
  const hasBegun = photo !== undefined || draft.sentence !== '';
  return (
    <form class="create" onSubmit={(event) => void send(event)}>
      <div class="page-head">
        <div>
          <h1>{words.create.heading}</h1>
          <p class="quiet">{words.create.lead}</p>
        </div>
        {hasBegun && (
          <button type="button" class="button plain" onClick={startAfresh}>
            {words.create.afresh}
          </button>
        )}
      </div>
      <div class="create-columns">
        <div class="create-photo">
          <PhotoField
            photo={photo}
            hint={draft.hint}
            dish={dishIn(advice)}
            onPhoto={(next) => {
              setRefusal('');
              setPhoto(next);
            }}
            onHint={(hint) => change({ hint })}
          />
          <PhotoAdviceList now={advice} />
        </div>
        <div class="form">
          <SentenceField
            sentence={draft.sentence}
            now={understood}
            onSentence={(sentence) => change({ sentence, ideas: {}, post: undefined })}
          />
          {answer && (
            <>
              <Understood answer={answer} roles={roles} isAsking={understood.isAsking} onRole={changeRole} />
              <IdeaCards
                ideas={answer.ideas}
                changed={draft.ideas}
                onIdea={(place, idea) => change({ ideas: withIdea(draft.ideas, place, idea) })}
              />
              <PostDraft proposed={answer.post} changed={draft.post} onPost={(post) => change({ post })} />
            </>
          )}
          <FormatPicker chosen={draft.format} onChoose={(format) => change({ format })} />
          <TonePicker tones={tones.data?.items ?? []} chosen={draft.tone} onChoose={(tone) => change({ tone })} />
          <div class="send">
            <p class="trouble-text" role="alert">
              {refusal}
            </p>
            <button type="submit" class="button primary large" disabled={isSending}>
              {!isSending && <Icon name="plus" />}
              {isSending ? words.create.sending : words.create.submit}
            </button>
          </div>
        </div>
      </div>
    </form>
  );
}

function withIdea<T>(ideas: Record<number, T>, place: number, idea: T | undefined): Record<number, T> {
  const { [place]: _, ...rest } = ideas;
  return idea === undefined ? rest : { ...rest, [place]: idea };
}
