import { readGeoJSON } from './geojson';

self.onmessage = async (event: MessageEvent<File>) => {
  self.postMessage(readGeoJSON(await event.data.text()));
};
