import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { databaseDirectory } from './location.ts';

test('the database lies where the user says, else where data of users lies', () => {
  const home = `${homedir()}/.local/share/plimsoll/db`;
  assert.equal(databaseDirectory({ PLIMSOLL_DB_DIR: 'here', XDG_DATA_HOME: '/data' }), 'here');
  assert.equal(databaseDirectory({ XDG_DATA_HOME: '/data' }), '/data/plimsoll/db');
  assert.equal(databaseDirectory({ XDG_DATA_HOME: 'relative' }), home);
  assert.equal(databaseDirectory({ PLIMSOLL_DB_DIR: '' }), home);
});
