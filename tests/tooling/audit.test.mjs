import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advisoriesVerdict, npmVerdict } from '../../scripts/audit.mjs';

test('cargo deny: a finding is told from a database that cannot be reached', () => {
  const unreachable = '[ERROR] failed to fetch advisory database: failed to clone\n';
  const finding = 'error[vulnerability]: a flaw\n  advisories could be ignored\n\nadvisories FAILED\n';
  assert.equal(advisoriesVerdict({ code: 0, output: 'warning: x\nadvisories ok\n' }), 'clean');
  assert.equal(advisoriesVerdict({ code: 1, output: finding }), 'found');
  assert.equal(advisoriesVerdict({ code: 1, output: unreachable }), 'unanswered');
  assert.equal(advisoriesVerdict({ code: -1, output: '' }), 'unanswered');
});

test('npm audit: a finding is told from a registry that does not answer', () => {
  const report = (total) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata: { vulnerabilities: { total } } });
  assert.equal(npmVerdict({ stdout: report(0) }), 'clean');
  assert.equal(npmVerdict({ stdout: report(2) }), 'found');
  const refusal = {
    message: '405 Method Not Allowed',
    method: 'POST',
    statusCode: 405,
    error: { summary: '', detail: '' },
  };
  assert.equal(npmVerdict({ stdout: JSON.stringify(refusal) }), 'unanswered');
  assert.equal(npmVerdict({ stdout: '' }), 'unanswered');
});
