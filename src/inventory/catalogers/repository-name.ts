/** `https://github.com/apple/swift-nio.git` and `git@github.com:apple/swift-nio.git` are `github.com/apple/swift-nio`. */
export function repositoryName(address: string): string {
  const path = address.replace(/^\w+:\/\//, '').replace(/^[^@/]*@/, '');
  const [host = '', ...rest] = path.replace(/^([^/:]+):\d+\//, '$1/').split(/[:/]/);
  return [host, ...rest]
    .filter((part) => part !== '')
    .join('/')
    .replace(/\.git$/, '');
}
