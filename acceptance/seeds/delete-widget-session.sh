curl -X DELETE https://api.konpro.ai/v1/widget/sessions/{session_id} \
-H "x-api-key: <your-api-key>" \
-H "Content-Type: application/json"
