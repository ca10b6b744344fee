/** Rounds of PBKDF2 that lock the directory's entry of one number: trying every number of a country takes years. */
export const DIRECTORY_ROUNDS = 150_000;
