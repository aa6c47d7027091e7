/** Whether this is a web page or one of its workers: servers, too, are now and then given the browser entry. */
export function isBrowser(): boolean {
  const scope = globalThis as { process?: { versions?: { node?: string } }; navigator?: { userAgent?: string } };
  if (scope.process?.versions?.node || scope.navigator?.userAgent === 'Cloudflare-Workers') return false;
  return 'document' in scope || 'WorkerGlobalScope' in scope;
}
