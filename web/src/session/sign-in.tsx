import { useState } from 'preact/hooks';
import { api, ApiError } from '../api/client.js';
import { useWords } from '../words/index.js';

export function SignIn({ onSignedIn }: { onSignedIn(): void }) {
  const words = useWords();
  const [key, setKey] = useState('');
  const [trouble, setTrouble] = useState('');
  const signIn = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      await api.signIn(key.trim());
      onSignedIn();
    } catch (error) {
      setTrouble(error instanceof ApiError && error.status === 401 ? words.session.wrong : (error as Error).message);
    }
  };
  return (
    <form class="panel narrow" onSubmit={(event) => void signIn(event)}>
      <h1>{words.session.heading}</h1>
      <p>{words.session.text}</p>
      <label class="field">
        {words.session.key}
        <input
          type="password"
          autocomplete="current-password"
          required
          value={key}
          aria-invalid={trouble !== ''}
          aria-describedby="sign-in-trouble"
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </label>
      <p id="sign-in-trouble" class="trouble-text" role="alert">
        {trouble}
      </p>
      <button type="submit" class="button primary">
        {words.session.submit}
      </button>
      <p class="quiet">
        {words.session.where} <code>npm run cli -- keys create</code>
      </p>
    </form>
  );
}
