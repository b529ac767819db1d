export const answer = async (): Promise<string> => "4 °C";
