import * as models from './models.ts'

export const {
  FromJSON: WidgetSessionCreateFromJSON,
  FromJSONTyped: WidgetSessionCreateFromJSONTyped,
  ToJSON: WidgetSessionCreateToJSON,
  ToJSONTyped: WidgetSessionCreateToJSONTyped,
  instanceOf: instanceOfWidgetSessionCreate,
} = models.widgetSessionCreate
export const {
  FromJSON: WidgetSessionResponseFromJSON,
  FromJSONTyped: WidgetSessionResponseFromJSONTyped,
  ToJSON: WidgetSessionResponseToJSON,
  ToJSONTyped: WidgetSessionResponseToJSONTyped,
  instanceOf: instanceOfWidgetSessionResponse,
} = models.widgetSessionResponse
export const {
  FromJSON: SuccessResponseWidgetSessionResponseFromJSON,
  FromJSONTyped: SuccessResponseWidgetSessionResponseFromJSONTyped,
  ToJSON: SuccessResponseWidgetSessionResponseToJSON,
  ToJSONTyped: SuccessResponseWidgetSessionResponseToJSONTyped,
  instanceOf: instanceOfSuccessResponseWidgetSessionResponse,
} = models.successResponseWidgetSessionResponse
export const {
  FromJSON: AgenticAvatarCreateFromJSON,
  FromJSONTyped: AgenticAvatarCreateFromJSONTyped,
  ToJSON: AgenticAvatarCreateToJSON,
  ToJSONTyped: AgenticAvatarCreateToJSONTyped,
  instanceOf: instanceOfAgenticAvatarCreate,
} = models.agenticAvatarCreate
export const {
  FromJSON: AgenticAvatarFromJSON,
  FromJSONTyped: AgenticAvatarFromJSONTyped,
  ToJSON: AgenticAvatarToJSON,
  ToJSONTyped: AgenticAvatarToJSONTyped,
  instanceOf: instanceOfAgenticAvatar,
} = models.agenticAvatar
export const {
  FromJSON: AvatarResponseFromJSON,
  FromJSONTyped: AvatarResponseFromJSONTyped,
  ToJSON: AvatarResponseToJSON,
  ToJSONTyped: AvatarResponseToJSONTyped,
  instanceOf: instanceOfAvatarResponse,
} = models.avatarResponse
export const {
  FromJSON: BrainCreateFromJSON,
  FromJSONTyped: BrainCreateFromJSONTyped,
  ToJSON: BrainCreateToJSON,
  ToJSONTyped: BrainCreateToJSONTyped,
  instanceOf: instanceOfBrainCreate,
} = models.brainCreate
export const {
  FromJSON: DeleteResponseFromJSON,
  FromJSONTyped: DeleteResponseFromJSONTyped,
  ToJSON: DeleteResponseToJSON,
  ToJSONTyped: DeleteResponseToJSONTyped,
  instanceOf: instanceOfDeleteResponse,
} = models.deleteResponse
export const {
  FromJSON: ApiKeyFromJSON,
  FromJSONTyped: ApiKeyFromJSONTyped,
  ToJSON: ApiKeyToJSON,
  ToJSONTyped: ApiKeyToJSONTyped,
  instanceOf: instanceOfApiKey,
} = models.apiKey
export const {
  FromJSON: ApiKeyValidationFromJSON,
  FromJSONTyped: ApiKeyValidationFromJSONTyped,
  ToJSON: ApiKeyValidationToJSON,
  ToJSONTyped: ApiKeyValidationToJSONTyped,
  instanceOf: instanceOfApiKeyValidation,
} = models.apiKeyValidation
