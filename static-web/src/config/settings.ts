import { createContext, useContext } from 'react';
import type { SiteConfig } from '../config/config';

const SettingsContext = createContext<SiteConfig | undefined>(undefined);

export const SettingsProvider = SettingsContext.Provider;

export function useSettings(): SiteConfig {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('useSettings outside SettingsProvider');
  return settings;
}
