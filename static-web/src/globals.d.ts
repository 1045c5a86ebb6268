/** Version of the Zoom SDK, put in by the build; part of the path of its assets. */
declare const ZOOM_SDK_VERSION: string;
