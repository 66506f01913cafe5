import { render } from 'preact';
import { App } from './app.js';
import './style/base.css';
import './style/parts.css';
import './style/board.css';
import './style/job.css';
import './style/create.css';
import './style/words.css';
import './style/edit.css';
import './style/brand.css';

const place = document.getElementById('app');
if (place) render(<App />, place);
