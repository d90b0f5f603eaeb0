const ownPaths = /^\/(?:[\w\-.~%]+(?:\/[\w\-.~%]+)*)?(?:\?[\w\-./?=&%~+,:;@!$'()*]*)?$/

/** A path of this portal to go on to, or home: never another site's (`threats.md`, A17). */
export function ownPath(wanted: string | undefined): string {
  const own = wanted !== undefined && wanted.length <= 500 && ownPaths.test(wanted)
  return own && !/^\/(sign-|links\/|%)/.test(wanted) ? wanted : '/'
}
