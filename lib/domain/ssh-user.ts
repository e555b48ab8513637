/** Who logs in to a machine: the same rule for what is typed into a field and for what is pasted. */
export const SSH_USER_MAX = 64;

/** What is wrong with the name of an SSH user, or null. */
export function sshUserFault(user: string): string | null {
  if (user === "") return "SSH User is missing.";
  if (user.length > SSH_USER_MAX) return `SSH User has at most ${SSH_USER_MAX} characters.`;
  return /^[A-Za-z0-9._@\\-]+$/.test(user) ? null : "SSH User has only letters, digits and . _ - @";
}
