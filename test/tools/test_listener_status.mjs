#!/usr/bin/env node
import { launch } from '../../scripts/launch.mjs';

await launch('listener', 'status');
